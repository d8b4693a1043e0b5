import Datasets
import LinAlg
import Models
import Poisoning
import TestSupport
import Testing

/// A label attack that chooses rows, on a sample.
struct LabelAttackCase: Sendable, CustomTestStringConvertible {
  let sample: Sample
  let specification: String

  var testDescription: String { "\(specification) on \(sample.rawValue)" }

  static let specifications = [
    "near", "far", "near:surrogate=linear-svm", "far:gamma=0.5,surrogate=rbf-svm",
    "far:C=0.1", "cluster", "cluster:size=7", "cluster:size=5,tries=3",
    "cluster:surrogate=rbf-svm,tries=2", "alfa", "alfa:restarts=0,surrogate=rbf-svm", "greedy",
    "greedy:candidates=2", "reverse-neighbours", "reverse-neighbours:n_neighbors=1",
  ]

  static let all = Sample.allCases.flatMap { sample in
    specifications.map { LabelAttackCase(sample: sample, specification: $0) }
  }

  func attack() throws -> any Attack {
    try AttackCatalog.attack(specification, for: sample.dataset())
  }

  func exposure(seed: UInt32, key: RandomKey = .standard, granted: Bool) throws -> Exposure {
    let rows = try sample.rows(seed: seed)
    return Exposure(
      rows.training, key: key, seed: seed, validation: granted ? rows.validation : nil)
  }
}

extension Attack {
  /// The patch of one exposure alone.
  func patch(_ exposure: Exposure, count: Int) -> Patch {
    var patches = [Patch()]
    poison([exposure], count: count, into: &patches)
    return patches[0]
  }
}

/// Two or three overlapping Gaussian classes, the last rows for validation.
func gaussianExposure(
  classCount: Int, rows: Int, validationRows: Int = 0, features: Int = 2, seed: UInt32
) throws -> Exposure {
  let all = rows + validationRows
  let labels = (0..<all).map { $0 % classCount }
  var x = normalMatrix(all, features, seed: seed)
  for row in 0..<all {
    x[row, 0] += 1.5 * Double(labels[row])
    if features > 1, labels[row] == 1 { x[row, 1] += 1 }
  }
  let dataset = try Dataset(
    name: "gaussian", features: x, labels: labels,
    classNames: (0..<classCount).map { "\($0)" },
    featureNames: (0..<features).map { "x\($0)" }, targetName: "y")
  return Exposure(
    TrainingSet(dataset, rows: Array(0..<rows)), key: .standard, seed: seed,
    validation: validationRows > 0 ? LabeledRows(dataset, rows: Array(rows..<all)) : nil)
}

/// All ways to choose k of 0..<n.
func combinations(_ n: Int, _ k: Int) -> [[Int]] {
  guard k > 0 else { return [[]] }
  guard n >= k else { return [] }
  return combinations(n - 1, k) + combinations(n - 1, k - 1).map { $0 + [n - 1] }
}

/// All labellings that flip k rows, the flipped rows with them.
func flippedLabels(_ labels: [Int], classCount: Int, count: Int) -> [[Int]] {
  combinations(labels.count, count).flatMap { rows in
    rows.reduce([labels]) { all, row in
      all.flatMap { labelling in
        (0..<classCount).filter { $0 != labels[row] }.map { label in
          var flipped = labelling
          flipped[row] = label
          return flipped
        }
      }
    }
  }
}
