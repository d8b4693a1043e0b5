public import Datasets
public import Documents

/// The defences by the names users call them.
public enum DefenseCatalog {
  /// All defences, in the order they are listed.
  public static let entries: [DefenseEntry] = validation + detectors + sanitizers + training

  /// The names of all defences, in the order they are listed.
  public static var names: [String] { entries.map(\.name) }

  /// The chain of defences that a text such as `lof:n_neighbors=10+trim` asks for; `none` is empty.
  ///
  /// - Throws: `SpecificationError` for an unknown defence or parameter, a value it cannot have, or
  ///   defences that cannot follow each other.
  public static func chain(
    _ text: String, for dataset: Dataset
  ) throws(SpecificationError) -> DefenseChain {
    try chain(text)
  }

  /// The same chain, for whatever data.
  package static func chain(_ text: String) throws(SpecificationError) -> DefenseChain {
    guard text != DefenseChain.none.specification else { return .none }
    return try DefenseChain(
      Specification.links(of: text).map { link throws(SpecificationError) in try defense(link) })
  }

  /// That a defence needs trusted rows, of which there are none.
  package static func lackOfTrusted(for defense: String) -> SpecificationError {
    SpecificationError(
      .defense, defense,
      .unfit(
        reason: "The defence \(defense) needs trusted rows; set some aside with --trusted, such as "
          + "--trusted 0.1 for a tenth of the training rows"))
  }

  /// The defence that a text such as `lof:n_neighbors=10` asks for.
  static func defense(_ text: String) throws(SpecificationError) -> Defense {
    let specification = Specification(text)
    guard let entry = entries.first(where: { $0.name == specification.name }) else {
      throw SpecificationError(.defense, specification.name, .unknown(accepted: names))
    }
    return try entry.make(
      SpecificationParameters(specification, of: .defense, accepted: entry.parameters))
  }
}

extension RowDefense {
  /// Those of some values that differ from the defaults of the defence's entry.
  func changed(_ values: [String: String]) -> [String: String] {
    DefenseCatalog.entries.first { $0.name == name }?.parameters.changed(values) ?? values
  }
}
