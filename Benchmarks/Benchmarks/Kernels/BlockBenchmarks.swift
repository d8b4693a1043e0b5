import Benchmark
import Datasets
import Models
import Poisoning
import Sweeps

/// The grid that `bench throughput` measures: four levels of uniform noise × three models.
func registerBlocks() throws {
  let levels = try [0, 0.05, 0.10, 0.50].map { try PoisonLevel($0) }
  for dataset in [EmbeddedDataset.iris, .wine] {
    let study = try Study(
      dataset: dataset.load(),
      conditions: levels.map { Condition(attack: UniformNoise(), level: $0) },
      models: ["softmax", "rbf-svm", "knn"].map { try ModelChoice($0) })
    measureStudy("block/\(dataset.rawValue)-grid-32-seeds", study)
  }
}
