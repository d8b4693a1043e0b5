public import Datasets

/// The attacks by the names users call them.
public enum AttackCatalog {
  /// One attack: what it is, what it takes, and how it is made.
  private struct Entry: Sendable {
    let name: String
    let summary: String
    let parameters: [String]
    let make:
      @Sendable (_ parameters: [String: String], _ dataset: Dataset) throws(PoisoningError)
        -> any Attack
  }

  private static let entries: [Entry] = [
    Entry(
      name: "uniform", summary: "features uniform within their range, labels kept",
      parameters: [], make: { (_, _) throws(PoisoningError) in UniformNoise() }),
    Entry(
      name: "flip", summary: "labels drawn at random from the other classes", parameters: [],
      make: { (_, _) throws(PoisoningError) in LabelFlip() }),
    Entry(
      name: "relabel", summary: "rows of other classes get one label (class=NAME)",
      parameters: ["class"], make: relabel),
    Entry(
      name: "out-of-range", summary: "features far outside their range (kappa=10 ranges wide)",
      parameters: ["kappa"], make: outOfRange),
  ]

  /// The names of all attacks, in the order they are listed.
  public static var names: [String] { entries.map(\.name) }

  /// Names and one-line descriptions of all attacks.
  public static var summaries: [(name: String, summary: String)] {
    entries.map { ($0.name, $0.summary) }
  }

  /// The attack that a text such as `out-of-range:kappa=100` asks for.
  ///
  /// - Throws: `PoisoningError` for an unknown attack or parameter, or a value it cannot have.
  public static func attack(
    _ specification: String, for dataset: Dataset
  ) throws(PoisoningError) -> any Attack {
    let parts = specification.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
    let name = String(parts[0])
    guard let entry = entries.first(where: { $0.name == name }) else {
      throw .unknownAttack(name, accepted: names)
    }
    var parameters: [String: String] = [:]
    for pair in parts.count > 1 ? parts[1].split(separator: ",") : [] {
      let sides = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      let key = String(sides[0])
      guard entry.parameters.contains(key) else {
        throw .unknownParameter(attack: name, name: key, accepted: entry.parameters)
      }
      let value = sides.count > 1 ? String(sides[1]) : ""
      guard parameters.updateValue(value, forKey: key) == nil else {
        throw .invalidParameter(attack: name, name: key, value: value, accepted: "given once")
      }
    }
    return try entry.make(parameters, dataset)
  }

  private static func relabel(
    _ parameters: [String: String], _ dataset: Dataset
  ) throws(PoisoningError) -> any Attack {
    guard let text = parameters["class"] else { return Relabel() }
    let index = dataset.classNames.firstIndex(of: text) ?? Int(text) ?? -1
    guard dataset.classNames.indices.contains(index) else {
      throw .invalidParameter(
        attack: "relabel", name: "class", value: text,
        accepted: "one of \(dataset.classNames.joined(separator: ", "))")
    }
    let name = dataset.classNames[index]
    // A comma would end the parameter. An index that is also a name would mean that class.
    let needsIndex = name.contains(",") && !dataset.classNames.contains("\(index)")
    return Relabel(to: index, calledBy: needsIndex ? "\(index)" : name)
  }

  private static func outOfRange(
    _ parameters: [String: String], _ dataset: Dataset
  ) throws(PoisoningError) -> any Attack {
    guard let text = parameters["kappa"] else { return try OutOfRange() }
    guard let kappa = Double(text) else {
      throw .invalidParameter(
        attack: "out-of-range", name: "kappa", value: text, accepted: "a positive number")
    }
    return try OutOfRange(kappa: kappa)
  }
}
