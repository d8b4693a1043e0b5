public import Datasets
import Documents

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
    _ text: String, for dataset: Dataset
  ) throws(DefensesError) -> DefenseChain {
    guard text != DefenseChain.none.specification else { return .none }
    var stages: [Defense] = []
    for link in Specification.links(of: text) { stages.append(try defense(link)) }
    return try DefenseChain(stages)
  }

  /// The defence that a text such as `lof:n_neighbors=10` asks for.
  static func defense(_ text: String) throws(DefensesError) -> Defense {
    let specification = Specification(text)
    guard let entry = entries.first(where: { $0.name == specification.name }) else {
      throw .unknownDefense(specification.name, accepted: names)
    }
    return try entry.make(
      try DefenseParameters(specification, accepted: entry.parameters.map(\.name)))
  }
}
