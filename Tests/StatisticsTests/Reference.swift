import TestSupport

/// The content of `Tests/Fixtures/sweeps.json`.
struct Reference: Decodable, Sendable {
  struct Point: Decodable, Sendable {
    let degrees: Int
    let t: Double
    let probability: Double
  }

  struct Bounds: Decodable, Sendable {
    let confidence: Double
    let mean: [Double]
    let population: [Double]
  }

  struct Sample: Decodable, Sendable {
    let validationCount: Int
    let trainingCount: Int
    let values: [Double]
    let mean: Double
    let standardDeviation: Double
    let intervals: [Bounds]
  }

  let cumulative: [Point]
  let quantiles: [Point]
  let samples: [Sample]

  static func load() throws -> Reference {
    try fixture("sweeps")
  }
}
