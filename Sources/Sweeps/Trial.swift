public import Datasets
public import LinAlg
public import Models
public import Poisoning

/// One condition under one seed: the rows a model learns from and those it is judged on.
///
///     split → training rows → patch → defences → scaler → problem
///           ↘ validation rows, never touched  →  scaler
///           ↘ trusted rows, for defences
public struct Trial: Sendable {
  /// The rows that went to training and to validation.
  public let split: Split

  /// The training rows as the model gets them, before scaling.
  public let training: TrainingSet

  /// What the attack did.
  public let patch: Patch

  /// The scaler, fitted as the study says.
  public let scaler: Scaler

  /// What the defences made of the training rows; nil where there is none that judges rows.
  public let defended: DefendedRows?

  /// The scaled training rows, as the defences leave them.
  public let problem: Problem

  /// The validation rows, before scaling.
  public let validation: LabeledRows

  /// The scaled validation rows.
  public let validationFeatures: Matrix<Double>

  /// The classes of the validation rows.
  public let validationLabels: [Int]

  /// Which of the training rows are the attacker's.
  public let isPoisoned: [Bool]

  /// What a targeted attack wants of the validation rows.
  public let aim: Aim?

  /// The scaled validation rows with the trigger of the aim, if it has one.
  private let triggeredFeatures: Matrix<Double>?

  /// Takes the rows of a seed through an attack and a scaler.
  ///
  /// - Precondition: The study has checked the condition; `model` is there where the verdict of a defence
  ///   depends on it.
  init(
    _ study: Study, _ condition: Condition, _ rows: SeedRows, seed: UInt32, model: ModelChoice?,
    threads: Int = 1
  ) {
    split = rows.split
    let (attack, pool, validation) = (condition.attack, rows.pool, rows.validation)
    self.validation = validation
    var order: [Int] = []
    poisonOrder(of: pool.count, key: study.key, seed: seed, into: &order)
    let attackedCount = condition.rows?.attacked ?? pool.count
    let attacked = pool.rows(in: 0..<attackedCount)
    let added = pool.rows(in: attackedCount..<attackedCount + (condition.rows?.added ?? 0))
    let clean = attacked.followed(by: added)
    var exposure = Exposure(attacked, orderOfAll: order, key: study.key, seed: seed)
    if attack.threat.seesValidation { exposure.validation = validation }
    let count = condition.rowCount(of: attackedCount)
    var patches = [Patch()]
    if count > 0 { attack.makePatches([exposure], count: count, into: &patches) }
    patch = patches[0]
    training = attacked.applying(patch, flow: attack.flow).followed(by: added)
    isPoisoned =
      patch.isPoisoned(of: attackedCount, flow: attack.flow)
      + Array(repeating: false, count: added.count)
    defended = DefendedRows(
      study, condition, training: training, clean: clean, trusted: rows.trusted, model: model,
      seed: seed, threads: threads)
    scaler =
      defended?.scaler
      ?? study.scaler(
        left: training.features, clean: clean.features, trusted: rows.trusted.features)
    problem = Problem(
      features: scaler.transform(training.features),
      labels: defended?.labels ?? training.labels,
      weights: defended?.weights(of: training, in: study.dataset)
        ?? training.sampleWeights(in: study.dataset),
      classCount: training.classCount)
    validationFeatures = scaler.transform(validation.features)
    validationLabels = validation.labels
    aim = attack.aim(exposure, validation: validation)
    triggeredFeatures = aim?.trigger.map { [scaler] trigger in
      scaler.transform(trigger.applied(to: validation.features))
    }
  }

  /// Fits a model and judges it on the validation rows.
  public func evaluate(_ learner: any Learner, threads: Int = 1) -> Evaluation {
    let model = learner.fit(problem, threads: threads)
    return evaluation(
      of: model, model.predict(validationFeatures, threads: threads), threads: threads)
  }

  /// What a model's predictions for the validation rows come to.
  ///
  /// The log loss is that of the prediction unless another one is given.
  func evaluation(
    of model: any Model, _ prediction: Prediction, logLoss: Double? = nil, threads: Int
  ) -> Evaluation {
    let own =
      prediction.scoresAreProbabilities
      ? Models.logLoss(prediction.scores, labels: validationLabels) : nil
    return Evaluation(
      model: model, prediction: prediction,
      result: result(of: model, prediction, logLoss: logLoss ?? own, threads: threads))
  }

  /// How well the defences told poisoned rows from others; nil where none judges rows.
  public var detection: DetectionTally? {
    defended.map {
      DetectionTally(isPoisoned: isPoisoned, isFlagged: $0.isFlagged, scores: $0.scores)
    }
  }

  /// How good the predictions of a model are.
  func result(
    of model: any Model, _ prediction: Prediction, logLoss: Double?, threads: Int
  ) -> TrialResult {
    let (classes, truth) = (prediction.classes, validationLabels)
    let aimed = triggeredFeatures.map { model.predict($0, threads: threads).classes } ?? classes
    return TrialResult(
      confusion: ConfusionMatrix(
        truth: truth, predicted: classes, classCount: problem.classCount),
      logLoss: logLoss, report: model.report,
      success: aim?.success(predicted: aimed, truth: truth),
      collateral: aim?.collateral(predicted: classes, truth: truth))
  }
}

extension Study {
  /// One condition under one seed, for a model where the verdict of its defences depends on it.
  public func trial(
    _ condition: Condition, seed: UInt32, model: ModelChoice? = nil, threads: Int = 1
  ) -> Trial {
    Trial(
      self, condition, RowDrawing(self).rows(seed: seed), seed: seed, model: model,
      threads: threads)
  }

  /// The results of all cells under one seed: conditions outermost, models innermost.
  ///
  /// - Precondition: Every defence is for every model.
  public func results(seed: UInt32) -> [TrialResult] {
    let rows = RowDrawing(self).rows(seed: seed)
    return conditions.flatMap { condition in
      models.map { model in
        guard let learner = learner(model, in: condition, seed: seed) else {
          preconditionFailure("\(condition.defenseName) is not for \(model.name)")
        }
        return Trial(self, condition, rows, seed: seed, model: model).evaluate(learner).result
      }
    }
  }
}

/// What a fitted model says of the validation rows, and how good it is.
public struct Evaluation: Sendable {
  /// The fitted model.
  public let model: any Model

  /// Its predictions for the validation rows.
  public let prediction: Prediction

  /// The short form that sweeps keep.
  public let result: TrialResult
}

/// The outcome of one fit.
public struct TrialResult: Sendable, Equatable {
  /// Validation rows by true and predicted class.
  public let confusion: ConfusionMatrix

  /// Mean negative log-probability of the true classes, where the model gives probabilities.
  public let logLoss: Double?

  /// How the fit ended.
  public let report: FitReport

  /// The share of the rows that a targeted attack aims at which it got its way with.
  public let success: Double?

  /// What a targeted attack did to rows it does not aim at; see `Aim.collateral`.
  public let collateral: Double?
}
