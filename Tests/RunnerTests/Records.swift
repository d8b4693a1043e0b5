/// A threat model as every result has it.
struct Threat: Decodable, Equatable {
  let goal: String
  let knowledge: String
  let seesValidation: Bool
  let changes: String
  let constraint: String
}

/// An attack as `attacks --json` prints it.
struct CatalogRecord: Decodable {
  struct Parameter: Decodable {
    let name: String
    let accepted: String
  }

  let name: String
  let summary: String
  let threat: Threat
  let parameters: [Parameter]
  let flows: [String]
  let needsParameters: Bool

  /// The whole catalogue.
  static func all() throws -> [CatalogRecord] {
    try withTemporaryFolder { folder in
      try RunnerProcess(["attacks", "--json"], in: folder).json()
    }
  }
}

/// What `attack --json` prints.
struct PoisonedRecord: Decodable {
  struct Input: Decodable {
    let digest: String
  }

  struct Output: Decodable {
    let digest: String
    let rows: Int
  }

  struct ClassCount: Decodable {
    let name: String
    let before: Int
    let after: Int
  }

  let attack: TrainRecord.Attack
  let input: Input
  let output: Output
  let classCounts: [ClassCount]
  let rows: [Int]
}

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
    let flow: String?
    let threat: Threat?
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
    let poisonedRows: Int
    let trainingRows: Int
  }

  struct Tournament: Decodable {
    struct Entry: Decodable {
      let attack: TrainRecord.Attack
      let rank: Int?
      let meanDrop: Moments
      let meanLostCleanRows: Moments?
      let meanActiveHarm: Moments?
    }

    struct Level: Decodable {
      let level: Double
      let attacks: [Entry]
      let targetedAttacks: [Entry]
    }

    let levels: [Level]
    let leftOut: [String]
  }

  let cells: [Cell]
  let tournament: Tournament?
}

/// What `runner track --json` prints.
struct TrackRecord: Decodable {
  let experiment: String
  let runs: Int
  let wasThere: Bool
}
