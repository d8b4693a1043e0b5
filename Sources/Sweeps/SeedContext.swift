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

  /// The rows that somebody vouches for, for defences.
  let trusted: ValidationRows

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
        dataset, validationShare: study.validationShare, trustedShare: study.trustedShare,
        key: study.key, seed: seed)
    else { preconditionFailure("A study whose data cannot be split") }
    self.seed = seed
    self.split = split
    exposure = Exposure(TrainingSet(dataset, rows: split.train), key: study.key, seed: seed)
    validation = ValidationRows(dataset, rows: split.validation)
    trusted = ValidationRows(dataset, rows: split.trusted)
  }
}

extension Study {
  /// One condition under one seed, for a model where the verdict of its defences depends on it.
  public func trial(
    _ condition: Condition, seed: UInt32, model: ModelChoice? = nil, threads: Int = 1
  ) -> Trial {
    Trial(self, condition, SeedContext(self, seed: seed), model: model, threads: threads)
  }

  /// The results of all cells under one seed: conditions outermost, models innermost.
  ///
  /// - Precondition: Every defence is for every model.
  public func results(seed: UInt32) -> [TrialResult] {
    let context = SeedContext(self, seed: seed)
    return conditions.flatMap { condition in
      models.map { model in
        guard let learner = learner(model, in: condition, seed: seed) else {
          preconditionFailure("\(condition.defenseName) is not for \(model.name)")
        }
        return Trial(self, condition, context, model: model).evaluate(learner).result
      }
    }
  }
}
