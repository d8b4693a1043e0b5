import Datasets
import LinAlg
import Models
import Poisoning
import Statistics
import StudySupport
import Sweeps
import TestSupport

/// The conditions that the data allow.
func possibleConditions(
  _ attacks: [String], _ shares: [Double], for dataset: Dataset, validationShare: Double
) throws -> [Condition] {
  try conditions(attacks, shares, for: dataset).filter { condition in
    do throws(SweepsError) {
      _ = try Study(
        dataset: dataset, validationShare: validationShare, conditions: [condition], models: [])
      return true
    } catch .poisoning {
      return false
    }
  }
}

/// All attacks of the catalogue that learn nothing from the rows, some with other parameters, and
/// some whose rows are added or deleted instead of replaced.
let attackTexts =
  AttackCatalog.entries.filter { isBlind($0) && !$0.needsParameters }.map(\.name) + [
    "out-of-range:kappa=100", "relabel:class=2", "uniform:label=random", "deletion:along=0",
    "noise-matrix:rates=0.8:0.2:0/0:1:0/0.1:0.1:0.8", "uniform:flow=add", "uniform:flow=delete",
    "uniform:flow=add,label=random", "flip:flow=add", "flip:flow=delete", "duplicates:flow=add",
    "out-of-range:flow=add,kappa=100",
  ]

/// The other attacks of the catalogue: they train models or aim at rows, and take longer.
let learningAttackTexts =
  AttackCatalog.entries.filter { !isBlind($0) && !$0.needsParameters }.flatMap { entry in
    entry.flows.map { "\(entry.name):flow=\($0.rawValue)" }
  }

private func isBlind(_ entry: AttackEntry) -> Bool {
  entry.threat.knowledge == .none && entry.threat.goal == .availability
}

/// Everything that a trial takes from its seed, with features as bit patterns.
struct TrialBits: Equatable {
  let split: Split
  let features: [UInt64]
  let labels: [Int]
  let scaler: Scaler
  let problemFeatures: [UInt64]
  let problemLabels: [Int]
  let validationFeatures: [UInt64]
  let validationLabels: [Int]

  init(_ trial: Trial) {
    split = trial.split
    features = bits(trial.training.features)
    labels = trial.training.labels
    scaler = trial.scaler
    problemFeatures = bits(trial.problem.features)
    problemLabels = trial.problem.labels
    validationFeatures = bits(trial.validationFeatures)
    validationLabels = trial.validationLabels
  }
}

/// The bit patterns of a matrix, which tell 0 from -0.
func bits(_ matrix: Matrix<Double>) -> [UInt64] {
  matrix.elements.map(\.bitPattern)
}
