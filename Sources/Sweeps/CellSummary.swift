public import Models
public import Poisoning

/// All seeds of one cell, a condition × a model, put together.
public struct CellSummary: Sendable {
  /// The attack as it can be asked for; `none` at level 0.
  public let attackName: String

  /// The level.
  public let level: PoisonLevel

  /// The model.
  public let model: ModelKind

  /// Accuracy on the validation rows.
  public internal(set) var accuracy = RunningMoments()

  /// Mean of the F1 scores of the classes.
  public internal(set) var macroF1 = RunningMoments()

  /// Log loss, for models that give probabilities.
  public internal(set) var logLoss = RunningMoments()

  /// Accuracy of the clean cell minus accuracy of this one, seed by seed.
  public internal(set) var accuracyDrop = RunningMoments()

  /// Macro-F1 of the clean cell minus macro-F1 of this one, seed by seed.
  public internal(set) var macroF1Drop = RunningMoments()

  /// Confusion matrices summed over seeds.
  public internal(set) var confusion: ConfusionMatrix

  /// Number of fits that did not end at an optimum.
  public internal(set) var unconvergedCount = 0

  init(_ condition: Condition, _ model: ModelChoice, classCount: Int) {
    attackName = condition.attackName
    level = condition.level
    self.model = model.kind
    confusion = ConfusionMatrix(classCount: classCount)
  }

  /// Adds the next seed, with the clean cell's result under the same seed if there is one.
  mutating func add(_ result: TrialResult, clean: TrialResult?) {
    accuracy.add(result.confusion.accuracy)
    macroF1.add(result.confusion.macroF1)
    if let loss = result.logLoss { logLoss.add(loss) }
    if let clean {
      accuracyDrop.add(clean.confusion.accuracy - result.confusion.accuracy)
      macroF1Drop.add(clean.confusion.macroF1 - result.confusion.macroF1)
    }
    confusion += result.confusion
    if !result.report.hasConverged { unconvergedCount += 1 }
  }
}
