public import Datasets
public import LinAlg
public import Models
public import Poisoning

/// One condition under one seed: the rows a model learns from and those it is judged on.
///
///     split → training rows → patch → scaler → problem
///           ↘ validation rows, never touched → scaler
public struct Trial: Sendable {
  /// The rows that went to training and to validation.
  public let split: Split

  /// The training rows as the model gets them, before scaling.
  public let training: TrainingSet

  /// What the attack did.
  public let patch: Patch

  /// The scaler, fitted as the study says.
  public let scaler: Scaler

  /// The scaled training rows.
  public let problem: Problem

  /// The scaled validation rows.
  public let validationFeatures: Matrix<Double>

  /// The classes of the validation rows.
  public let validationLabels: [Int]

  /// Takes the rows of a split through an attack and a scaler.
  init(_ study: Study, _ condition: Condition, _ context: SeedContext) {
    split = context.split
    // The study has checked level and capacity against the same class counts.
    let count = (try? condition.level.rowCount(of: context.clean.count)) ?? 0
    patch =
      count == 0
      ? Patch(rows: [])
      : condition.attack.patch(context.clean, count: count, key: study.key, seed: context.seed)
    training = context.clean.applying(patch)
    let reference = study.scalerPolicy == .trusted ? context.clean : training
    scaler = Scaler(study.scaler, fittedTo: reference.features)
    problem = Problem(
      features: scaler.transform(training.features), labels: training.labels,
      classCount: training.classCount)
    validationFeatures = scaler.transform(context.validationFeatures)
    validationLabels = context.validationLabels
  }

  /// Fits a model and judges it on the validation rows.
  public func evaluate(_ learner: any Learner, threads: Int = 1) -> Evaluation {
    let model = learner.fit(problem, threads: threads)
    let prediction = model.predict(validationFeatures, threads: threads)
    return Evaluation(model: model, prediction: prediction, labels: validationLabels)
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

  init(model: any Model, prediction: Prediction, result: TrialResult) {
    self.model = model
    self.prediction = prediction
    self.result = result
  }

  init(model: any Model, prediction: Prediction, labels: [Int]) {
    self.model = model
    self.prediction = prediction
    result = TrialResult(
      confusion: ConfusionMatrix(
        truth: labels, predicted: prediction.classes, classCount: prediction.scores.columns),
      logLoss: prediction.scoresAreProbabilities
        ? Models.logLoss(prediction.scores, labels: labels) : nil,
      report: model.report)
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
}
