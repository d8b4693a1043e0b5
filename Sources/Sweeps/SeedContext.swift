public import Datasets
public import Models
public import Poisoning

/// What a condition of a study finds under one seed: clean rows, attacked and added.
public struct SeedContext: Sendable {
  /// The seed.
  public let seed: UInt32

  /// What every attack gets to see: the clean training rows.
  public let exposure: Exposure

  /// The clean rows that models are judged on.
  public let validation: LabeledRows

  /// The clean rows that follow those the attack gets.
  let added: TrainingSet

  /// The rows that somebody vouches for, for defences.
  let trusted: LabeledRows

  let split: Split

  /// The clean training rows.
  var clean: TrainingSet { exposure.training.followed(by: added) }

  /// What an attack gets to see: validation rows where its threat model grants them.
  func exposure(to attack: any Attack) -> Exposure {
    guard attack.threat.seesValidation else { return exposure }
    var granted = exposure
    granted.validation = validation
    return granted
  }

  /// Takes the rows of a condition from those of a seed.
  ///
  /// - Precondition: The study has checked the condition.
  init(_ study: Study, _ rows: SeedRows, for condition: Condition, seed: UInt32) {
    self.seed = seed
    split = rows.split
    validation = rows.validation
    trusted = rows.trusted
    let pool = rows.pool
    let attacked = condition.rows?.attacked ?? pool.count
    var order: [Int] = []
    poisonOrder(of: pool.count, key: study.key, seed: seed, into: &order)
    exposure = Exposure(
      pool.rows(in: 0..<attacked), orderOfAll: order, key: study.key, seed: seed)
    added = pool.rows(in: attacked..<attacked + (condition.rows?.added ?? 0))
  }
}

extension Study {
  /// One condition under one seed, for a model where the verdict of its defences depends on it.
  public func trial(
    _ condition: Condition, seed: UInt32, model: ModelChoice? = nil, threads: Int = 1
  ) -> Trial {
    let rows = RowDrawing(self).rows(seed: seed)
    return Trial(
      self, condition, SeedContext(self, rows, for: condition, seed: seed), model: model,
      threads: threads)
  }

  /// The results of all cells under one seed: conditions outermost, models innermost.
  ///
  /// - Precondition: Every defence is for every model.
  public func results(seed: UInt32) -> [TrialResult] {
    let rows = RowDrawing(self).rows(seed: seed)
    return conditions.flatMap { condition in
      let context = SeedContext(self, rows, for: condition, seed: seed)
      return models.map { model in
        guard let learner = learner(model, in: condition, seed: seed) else {
          preconditionFailure("\(condition.defenseName) is not for \(model.name)")
        }
        return Trial(self, condition, context, model: model).evaluate(learner).result
      }
    }
  }
}
