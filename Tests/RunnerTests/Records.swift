/// What `train --json` prints, as far as the tests look at it.
struct TrainRecord: Decodable {
  struct Dataset: Decodable {
    let name: String
    let rows: Int
    let features: [String]
    let target: String
    let classes: [String]
  }

  struct Attack: Decodable {
    let name: String
    let poisonedRows: Int
  }

  struct Fit: Decodable {
    let outcome: String
    let iterations: Int
  }

  struct Metrics: Decodable {
    let accuracy: Double
    let macroF1: Double
    let logLoss: Double?
    let confusion: [[Int]]
  }

  let dataset: Dataset
  let validationRows: Int
  let attack: Attack
  let fit: Fit
  let metrics: Metrics
}

/// What `run.json` of a dump says of the fitted model, without the numbers.
struct FittedRecord: Decodable {
  struct Machine: Decodable {
    let dualCoefficients: [Double]
  }

  struct Model: Decodable {
    let name: String
    let coefficients: [[Double]]?
    let intercepts: [Double]?
    let supportRowIds: [Int]?
    let supportVectors: [[Double]]?
    let machines: [Machine]?
  }

  let model: Model
}

/// What `experiment --json` prints, as far as the tests look at it.
struct ExperimentRecord: Decodable {
  struct Moments: Decodable {
    let mean: Double
    let sd: Double?
    let ci95: [Double]?
  }

  struct Cell: Decodable {
    let attack: String
    let level: Double
    let model: String
    let accuracy: Moments
  }

  let cells: [Cell]
}

/// What `runner track --json` prints.
struct TrackRecord: Decodable {
  let experiment: String
  let runs: Int
  let wasThere: Bool
}
