import TestSupport

/// What `Tests/Fixtures/validation.json` has of tests of two samples.
struct TwoSampleReference: Decodable, Sendable {
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

  struct Shift: Decodable, Sendable {
    let a: [Double]
    let b: [Double]
    let location: Double
    let spread: Double
    let mean: Double
    let ansari: Double
    let shift: Double
    let shiftPValue: Double
    let ratio: Double
    let ratioPValue: Double
  }

  struct Probability: Decodable, Sendable {
    let a: [Double]
    let b: [Double]
    let location: Double
    let spread: Double
    let mean: Double
  }

  struct ScoreTests: Decodable, Sendable {
    let statistics: [Shift]
    let probabilities: [Probability]
  }

  let kolmogorov: Kolmogorov
  let homogeneity: [Counts]
  let stability: [Samples]
  let ranks: ScoreTests

  static let shared: Result<TwoSampleReference, any Error> = Result { try fixture("validation") }
}
