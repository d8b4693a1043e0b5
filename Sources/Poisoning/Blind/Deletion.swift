import Documents
import LinAlg

/// Deletion, the control: rows are lost and nothing comes in their place.
///
/// What an attack that replaces rows costs beyond it is active harm. Rows are lost at random, those
/// with the largest values of a feature first, or those of a class first: missing not at random.
public struct Deletion: SeedwiseAttack, CataloguedAttack {
  /// Which rows are lost first.
  public enum Rule: Sendable, Equatable {
    /// Those of the common order.
    case random
    /// Those with the largest value of a feature; ties by the order.
    case along(column: Int)
    /// Those of a class, then the others, both by the order.
    case ofClass(Int)
  }

  /// Which rows are lost first; default at random.
  public let rule: Rule

  /// What the feature or class is asked for by.
  private let text: String?

  /// Chooses which rows are lost first, and the text that stands for the feature or class in the
  /// specification: its index or another.
  ///
  /// - Precondition: The feature or class is one of the data set.
  public init(_ rule: Rule = .random, calledBy text: String? = nil) {
    (self.rule, self.text) = (rule, text)
  }

  /// Rows are removed.
  public var flow: Flow { .delete }

  static let entry = AttackEntry(
    name: "deletion", summary: "rows are lost: the control",
    parameters: [
      .init("along", "a feature: rows with large values first", default: "at random"),
      .init("class", "a class: its rows first", default: "at random"),
    ],
    threat: ThreatModel(changes: .presence, constraint: .rows), flows: [.delete]
  ) { parameters throws(SpecificationError) in
    let target = try parameters.classIndex("class")
    guard let columns = try parameters.columns("along") else {
      return target.map { Deletion(.ofClass($0.index), calledBy: $0.text) } ?? Deletion()
    }
    guard let column = columns.first, columns.count == 1 else {
      throw parameters.invalid("along", accepted: "one feature")
    }
    guard target == nil else { throw parameters.invalid("class", accepted: "left out with along") }
    return Deletion(.along(column: column.index), calledBy: column.text)
  }

  /// The rule, when it is not the default.
  public var parameters: [String: String] {
    switch rule {
    case .random: [:]
    case .along(let column): ["along": text ?? "\(column)"]
    case .ofClass(let label): ["class": text ?? "\(label)"]
    }
  }

  /// See `SeedwiseAttack`.
  public func poison(_ exposure: Exposure, count: Int, into patch: inout Patch) {
    patch.begin()
    for row in order(exposure).prefix(count) { patch.append(row: row) }
  }

  private func order(_ exposure: Exposure) -> [Int] {
    let base = exposure.training
    switch rule {
    case .random:
      return exposure.order
    case .along(let column):
      let ranked = exposure.order.enumerated().sorted { a, b in
        let (x, y) = (base.features[a.element, column], base.features[b.element, column])
        return (x, b.offset) > (y, a.offset)
      }
      return ranked.map(\.element)
    case .ofClass(let label):
      return exposure.order.filter { base.labels[$0] == label }
        + exposure.order.filter { base.labels[$0] != label }
    }
  }
}
