import Datasets
import LinAlg
public import Poisoning

/// What all conditions of a study share under one seed: the split and its clean rows.
public struct SeedContext: Sendable {
  /// The seed.
  public let seed: UInt32

  /// The clean training rows.
  public let clean: TrainingSet

  let split: Split
  let validationFeatures: Matrix<Double>
  let validationLabels: [Int]

  /// Splits the data of a study.
  ///
  /// - Precondition: `study` was made by its checking initialiser, so the split exists.
  init(_ study: Study, seed: UInt32) {
    let dataset = study.dataset
    guard
      let split = try? Split.stratified(
        dataset, validationShare: study.validationShare, key: study.key, seed: seed)
    else { preconditionFailure("A study whose data cannot be split") }
    self.seed = seed
    self.split = split
    clean = TrainingSet(dataset, rows: split.train)
    validationFeatures = dataset.features.selectingRows(split.validation)
    validationLabels = split.validation.map { dataset.labels[$0] }
  }
}

extension Study {
  /// One condition under one seed.
  public func trial(_ condition: Condition, seed: UInt32) -> Trial {
    Trial(self, condition, SeedContext(self, seed: seed))
  }

  /// The results of all cells under one seed: conditions outermost, models innermost.
  public func results(seed: UInt32) -> [TrialResult] {
    let context = SeedContext(self, seed: seed)
    return conditions.flatMap { condition in
      let trial = Trial(self, condition, context)
      return models.map { trial.evaluate($0.learner).result }
    }
  }
}
