import Datasets
public import Poisoning

/// What all conditions of a study share under one seed: the split and its clean rows.
public struct SeedContext: Sendable {
  /// The seed.
  public let seed: UInt32

  /// What every attack gets to see: the clean training rows.
  public let exposure: Exposure

  /// The clean rows that models are judged on.
  public let validation: ValidationRows

  let split: Split

  /// The clean training rows.
  public var clean: TrainingSet { exposure.training }

  /// What an attack gets to see: validation rows where its threat model grants them.
  func exposure(to attack: any Attack) -> Exposure {
    guard attack.threat.seesValidation else { return exposure }
    var granted = exposure
    granted.validation = validation
    return granted
  }

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
    exposure = Exposure(TrainingSet(dataset, rows: split.train), key: study.key, seed: seed)
    validation = ValidationRows(dataset, rows: split.validation)
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
