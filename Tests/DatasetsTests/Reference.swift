import TestSupport

/// The content of `Tests/Fixtures/datasets.json`.
struct Reference: Decodable, Sendable {
  /// One embedded set as scikit-learn has it.
  struct Table: Decodable, Sendable {
    let name: String
    let classNames: [String]
    let featureNames: [String]
    let targetName: String
    let classCounts: [Int]
    let digest: String
    let means: [HexDouble]
    let standardCenter: [HexDouble]
    let standardScale: [HexDouble]
    let standardFirstRow: [HexDouble]
    let standardLastRow: [HexDouble]
    let medians: [HexDouble]
    let medianDeviations: [HexDouble]
  }

  /// A decimal and the double nearest to it.
  struct Decimal: Decodable, Sendable {
    let text: String
    let bits: HexDouble
  }

  let sets: [Table]
  let smallDigest: String
  let decimals: [Decimal]

  static func load() throws -> Reference {
    try fixture("datasets")
  }

  static func table(_ name: String) throws -> Table {
    guard let table = try load().sets.first(where: { $0.name == name }) else {
      throw MissingTable(name: name)
    }
    return table
  }
}

struct MissingTable: Error {
  let name: String
}
