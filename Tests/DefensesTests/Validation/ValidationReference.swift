import TestSupport

/// The content of `Tests/Fixtures/validation.json`.
struct ValidationReference: Decodable, Sendable {
  struct Samples: Decodable, Sendable {
    let a: [Double]
    let b: [Double]
    let statistic: Double
    let pValue: Double?
    let limit: Double?
  }

  struct Ranks: Decodable, Sendable {
    let isFirst: String
    let statistic: Double
    let pValue: Double
  }

  struct Kolmogorov: Decodable, Sendable {
    let exact: [Samples]
    let limiting: [Ranks]
  }

  struct Counts: Decodable, Sendable {
    let a: [Int]
    let b: [Int]
    let statistic: Double
    let pValue: Double
    let degreesOfFreedom: Int
  }

  struct Probability: Decodable, Sendable {
    let a: [Double]
    let b: [Double]
    let pValue: Double
  }

  struct Energy: Decodable, Sendable {
    let statistics: [Samples]
    let probabilities: [Probability]
  }

  /// A table, a schema, and the rows and columns of it that pandera rejects.
  struct Verdict: Decodable, Sendable {
    let name: String
    let csv: String
    let schema: String
    let rows: [Int]
    let columns: [String]
  }

  let kolmogorov: Kolmogorov
  let homogeneity: [Counts]
  let stability: [Samples]
  let energy: Energy
  let schemas: [Verdict]

  static let shared: Result<ValidationReference, any Error> = Result { try fixture("validation") }
}
