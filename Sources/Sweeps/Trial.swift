public import Datasets
import Defenses
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

  /// Takes the rows of a split through an attack and a scaler.
  ///
  /// - Precondition: `model` is there where the verdict of a defence depends on it.
  init(
    _ study: Study, _ condition: Condition, _ context: SeedContext, model: ModelChoice?,
    threads: Int = 1
  ) {
    split = context.split
    let attack = condition.attack
    let attacked = context.exposure.training
    let count = condition.rowCount(of: attacked.count)
    let exposure = context.exposure(to: attack)
    var patches = [Patch()]
    if count > 0 { attack.poison([exposure], count: count, into: &patches) }
    patch = patches[0]
    training = attacked.applying(patch, flow: attack.flow).followed(by: context.added)
    isPoisoned =
      patch.isPoisoned(of: attacked.count, flow: attack.flow)
      + Array(repeating: false, count: context.added.count)
    defended = DefendedRows(
      study, condition, training: training, context, model: model, threads: threads)
    let reference = study.scalerPolicy == .trusted ? context.clean : training
    scaler = defended?.scaler ?? Scaler(study.scaler, fittedTo: reference.features)
    problem = Problem(
      features: scaler.transform(training.features),
      labels: defended?.labels ?? training.labels, weights: defended?.weights,
      classCount: training.classCount)
    let validation = context.validation
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
    let prediction = model.predict(validationFeatures, threads: threads)
    return Evaluation(
      model: model, prediction: prediction, labels: validationLabels,
      success: success(of: model, prediction, threads: threads),
      collateral: aim?.collateral(predicted: prediction.classes, truth: validationLabels))
  }

  /// How well the defences told poisoned rows from others; nil where none judges rows.
  public var detection: DetectionTally? {
    defended.map {
      DetectionTally(isPoisoned: isPoisoned, isFlagged: $0.isFlagged, scores: $0.scores)
    }
  }

  /// The share of the rows aimed at that the model gives what the attack wants.
  func success(of model: any Model, _ prediction: Prediction, threads: Int) -> Double? {
    let predicted =
      triggeredFeatures.map { model.predict($0, threads: threads).classes } ?? prediction.classes
    return aim?.success(predicted: predicted, truth: validationLabels)
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

extension Evaluation {
  init(
    model: any Model, prediction: Prediction, labels: [Int], success: Double?,
    collateral: Double?
  ) {
    self.init(
      model: model, prediction: prediction,
      result: TrialResult(
        confusion: ConfusionMatrix(
          truth: labels, predicted: prediction.classes, classCount: prediction.scores.columns),
        logLoss: prediction.scoresAreProbabilities
          ? Models.logLoss(prediction.scores, labels: labels) : nil,
        report: model.report, success: success, collateral: collateral))
  }
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
