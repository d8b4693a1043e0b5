import Benchmark
import Datasets
import Models
import Poisoning
import Sweeps

/// One model on one condition, uniform noise in a tenth of the rows, under 32 seeds.
///
/// The time is that of 32 fits with all that a fit needs: split, poison, scale, fit and evaluate.
/// The engine of batches also starts its thread and, for softmax regression, finds where to start.
func registerFits() throws {
  let solvers: [(name: String, model: String)] = [
    ("softmax-newton", "softmax"), ("rbf-smo", "rbf-svm"), ("linear-smo", "linear-svm"),
    ("neighbors", "knn"),
  ]
  let noise = Condition(attack: UniformNoise(), level: try PoisonLevel(0.1))
  for dataset in [EmbeddedDataset.iris, .wine, .breastCancer] {
    for solver in solvers {
      let model = try ModelChoice(solver.model)
      let study = try Study(dataset: dataset.load(), conditions: [noise], models: [model])
      let last =
        (model.learner as? NearestNeighbors).map { "k\($0.neighborCount)" }
        ?? "K\(study.dataset.classCount)"
      let size = "n\(study.trainingCount)-d\(study.dataset.featureCount)-\(last)"
      measureStudy("\(solver.name)/\(size)", study)
    }
  }
}

/// A study under seeds 0 to 31 in batches on one thread, and as `/single` seed after seed by the
/// engine of single problems, on the same rows.
func measureStudy(_ name: String, _ study: Study) {
  let engine = StudyEngine(study, threads: 1)
  measure(name) { engine.summaries(seedCount: 32) }
  measure("\(name)/single") { (0..<32).map { study.results(seed: $0) } }
}
