import Models

/// The numbers that are kept of one fit.
package struct FitTally: Sendable, Equatable {
  /// Number of validation rows predicted right.
  var correct: Int

  /// Mean of the F1 scores of the classes.
  var macroF1: Double

  /// Mean negative log-probability of the true classes, where the model gives probabilities.
  var logLoss: Double?

  var outcome: FitReport.Outcome

  var iterations: Int

  /// What came of a targeted attack.
  var target: TargetTally?

  /// How well the defences told poisoned rows from others; nil where none judges rows.
  var detection: DetectionTally?

  /// The numbers of a fit whose predictions are counted.
  init(
    _ confusion: ConfusionMatrix, logLoss: Double?, outcome: FitReport.Outcome, iterations: Int,
    target: TargetTally? = nil, detection: DetectionTally?
  ) {
    (correct, macroF1, self.logLoss) = (confusion.correct, confusion.macroF1, logLoss)
    (self.outcome, self.iterations) = (outcome, iterations)
    (self.target, self.detection) = (target, detection)
  }
}

/// A fit beside those it is compared with, under the same seed.
struct FitComparison: Sendable {
  let own: FitTally

  /// That of the clean cell of the same model.
  var clean: FitTally?

  /// That of the cell without defences.
  var undefended: FitTally?
}

/// What came of a targeted attack in one fit; nil where there was no row to judge it by.
public struct TargetTally: Sendable, Equatable {
  /// The share of the rows aimed at that were given what the attack wants.
  public var success: Double?

  /// That share for the model of the clean cell, under the same seed: what would have happened anyway.
  public var successBefore: Double?

  /// What happened to rows the attack does not aim at; see `Aim.collateral`.
  public var collateral: Double?

  /// Success minus that of the clean model.
  public var successGain: Double? {
    success.flatMap { success in successBefore.map { success - $0 } }
  }
}
