import Datasets
import Models
import Poisoning
import Sweeps

/// The grid that throughput is measured on: uniform noise at four levels × three models.
struct Grid {
  static let models = ["softmax", "rbf-svm", "knn"]
  static let shares = [0, 0.05, 0.10, 0.50]

  /// Each model alone by its name, then all under `grid`.
  let studies: [(name: String, study: Study)]

  init(_ dataset: Dataset) throws {
    let levels = try Self.shares.map { try PoisonLevel($0) }
    let study = { (models: [String]) in
      try Study(
        dataset: dataset,
        conditions: levels.map { Condition(attack: UniformNoise(), level: $0) },
        models: models.map { try ModelChoice($0) })
    }
    studies =
      try Self.models.map { ($0, try study([$0])) } + [("grid", try study(Self.models))]
  }
}
