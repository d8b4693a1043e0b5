import Datasets
import Foundation
import LinAlg
import Models
import Poisoning
import Sweeps
import TestSupport
import Testing

/// `Tests/Fixtures/models.json`: fits of scikit-learn on rows that `runner train --dump` wrote.
struct ModelsReference: Decodable {
  let versions: [String: String]
  let problems: [ReferenceProblem]

  static func load() throws -> ModelsReference {
    try fixture("models")
  }
}

/// One training set with its reference fits.
struct ReferenceProblem: Decodable, Sendable, CustomStringConvertible {
  let data: String
  let level: Double
  let scaler: String
  let seed: UInt32
  let rowIds: [Int]
  let featureSum: Double
  let absoluteSum: Double
  let cases: [ReferenceCase]

  enum CodingKeys: String, CodingKey {
    case data, level, scaler, seed, cases
    case rowIds = "row_ids"
    case featureSum = "feature_sum"
    case absoluteSum = "absolute_sum"
  }

  var description: String { "\(data), \(level) poisoned, scaler \(scaler)" }

  /// The same rows, made again by the same study, attack and seed.
  func trial() throws -> Trial {
    let dataset = try #require(EmbeddedDataset(rawValue: data)).load()
    let condition = Condition(attack: UniformNoise(), level: try PoisonLevel(level))
    let study = try Study(
      dataset: dataset, scaler: #require(ScalerKind(rawValue: scaler)), conditions: [condition],
      models: [])
    return study.trial(condition, seed: seed)
  }
}

/// One choice of C and weights.
struct ReferenceCase: Decodable, Sendable {
  struct Softmax: Decodable, Sendable {
    let coefficients: [[Double]]
    let intercepts: [Double]
    let objective: Double
    let predicted: [Int]
    let solver: String

    /// Whether scikit-learn reached the minimum: its L-BFGS stops where f changes by 64 ε.
    var isExact: Bool { solver == "newton-cholesky" }
  }

  struct SVM: Decodable, Sendable {
    let gamma: Double
    let objective: Double
    let libsvmObjective: Double
    let violation: Double
    let biasSlack: [Double]
    let decisions: [[Double]]
    let predicted: [Int]

    /// Whether LIBSVM's support vectors are those of the optimum, so that it is known to rounding.
    var hasActiveSet: Bool { violation < 1e-9 }

    enum CodingKeys: String, CodingKey {
      case gamma, objective, violation, decisions, predicted
      case libsvmObjective = "libsvm_objective"
      case biasSlack = "bias_slack"
    }
  }

  struct Neighbors: Decodable, Sendable {
    let predicted: [Int]
    let separated: [Bool]
  }

  let c: Double
  let weighted: Bool
  let softmax: Softmax
  let linear: SVM?
  let rbf: SVM?
  let knn: Neighbors?

  enum CodingKeys: String, CodingKey {
    case c = "C"
    case weighted, softmax, linear, rbf, knn
  }

  /// The problem with the weights of the fixture's script.
  func problem(_ trial: Trial) -> Problem {
    let base = trial.problem
    let weights = trial.split.train.map { row in
      row % 11 == 0 ? 0 : 0.25 + Double(row * 7 % 13) / 8
    }
    return Problem(
      features: base.features, labels: base.labels, weights: weighted ? weights : nil,
      classCount: base.classCount)
  }
}
