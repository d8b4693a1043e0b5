public import Datasets

/// The defences by the names users call them.
public enum DefenseCatalog {
  /// All defences, in the order they are listed.
  public static let entries: [DefenseEntry] = validation + detectors + sanitizers + training

  /// The names of all defences, in the order they are listed.
  public static var names: [String] { entries.map(\.name) }

  /// The chain of defences that a text such as `lof:n_neighbors=10+trim` asks for; `none` is empty.
  ///
  /// - Throws: `DefensesError` for an unknown defence or parameter, a value it cannot have, or
  ///   defences that cannot follow each other.
  public static func chain(
    _ specification: String, for dataset: Dataset
  ) throws(DefensesError) -> DefenseChain {
    guard specification != DefenseChain.none.specification else { return .none }
    var stages: [Defense] = []
    for text in stageTexts(specification) { stages.append(try defense(text, for: dataset)) }
    return try DefenseChain(stages)
  }

  /// The defence that a text such as `lof:n_neighbors=10` asks for.
  static func defense(
    _ specification: String, for dataset: Dataset
  ) throws(DefensesError) -> Defense {
    let parts = specification.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
    let name = String(parts[0])
    guard let entry = entries.first(where: { $0.name == name }) else {
      throw .unknownDefense(name, accepted: names)
    }
    return try entry.make(
      try DefenseParameters(
        parts.count > 1 ? parts[1] : "", of: name, accepted: entry.parameters.map(\.name),
        dataset: dataset))
  }

  /// The texts between the pluses of a chain; a plus that no letter follows is part of a value.
  private static func stageTexts(_ specification: String) -> [String] {
    var texts: [String] = []
    for part in specification.split(separator: "+", omittingEmptySubsequences: false) {
      let continues = !texts.isEmpty && part.first?.isLetter != true
      if continues { texts[texts.count - 1] += "+" + part } else { texts.append(String(part)) }
    }
    return texts
  }
}
