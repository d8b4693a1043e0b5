public import Models
public import Statistics

/// What is kept of a cell over a number of seeds: exact integer sums and ordered floating moments.
///
/// Integer sums do not depend on any order. Moments are added in the order of seeds within a block
/// and merged in the order of blocks, so they are the same bits however the work was shared out.
public struct CellTally: Sendable, Equatable {
  /// Number of seeds.
  public package(set) var seedCount = 0

  /// Σ cᵢ, where cᵢ validation rows were predicted right under seed i.
  public package(set) var correctSum = 0

  /// Σ cᵢ².
  public package(set) var correctSquareSum = 0

  /// Number of seeds that the clean cell of the same model was run under too.
  public package(set) var pairedCount = 0

  /// Σ (c⁰ᵢ − cᵢ), with c⁰ᵢ of the clean cell of the same model.
  public package(set) var dropSum = 0

  /// Σ (c⁰ᵢ − cᵢ)².
  public package(set) var dropSquareSum = 0

  /// Number of seeds that the cell without defences, same attack, level and model, was run under.
  public package(set) var defendedCount = 0

  /// Σ (cᵢ − cᵘᵢ), with cᵘᵢ of the cell without defences: what they give back.
  public package(set) var gainSum = 0

  /// Σ (cᵢ − cᵘᵢ)².
  public package(set) var gainSquareSum = 0

  /// How well the defences told poisoned rows from others.
  public package(set) var detection = DetectionSummary()

  /// Confusion matrices, summed.
  public package(set) var confusion: ConfusionMatrix

  /// Mean of the F1 scores of the classes.
  public package(set) var macroF1 = RunningMoments()

  /// Macro-F1 of the clean cell minus macro-F1 of this one.
  public package(set) var macroF1Drop = RunningMoments()

  /// Log loss, for models that give probabilities.
  public package(set) var logLoss = RunningMoments()

  /// The share of the rows that a targeted attack aims at which it got its way with.
  public package(set) var success = RunningMoments()

  /// That share minus what it is for the model of the clean cell.
  public package(set) var successGain = RunningMoments()

  /// What a targeted attack did to rows it does not aim at.
  public package(set) var collateral = RunningMoments()

  /// Number of fits by how they ended, in the order of `FitReport.Outcome.allCases`.
  public package(set) var outcomeCounts = [Int](
    repeating: 0, count: FitReport.Outcome.allCases.count)

  /// Iterations of the solver.
  public package(set) var iterationSum = 0

  /// Nothing yet, for K classes.
  public init(classCount: Int) {
    confusion = ConfusionMatrix(classCount: classCount)
  }

  /// Adds one fit, all but its confusion matrix, with the fits of the clean cell and of the cell
  /// without defences under the same seed.
  mutating func add(_ fit: FitTally, clean: FitTally?, undefended: FitTally? = nil) {
    seedCount += 1
    correctSum += fit.correct
    correctSquareSum += fit.correct * fit.correct
    macroF1.add(fit.macroF1)
    if let loss = fit.logLoss { logLoss.add(loss) }
    if let share = fit.target?.success {
      success.add(share)
      if let before = fit.target?.successBefore { successGain.add(share - before) }
    }
    if let share = fit.target?.collateral { collateral.add(share) }
    outcomeCounts[fit.outcome.position] += 1
    iterationSum += fit.iterations
    if let clean {
      let drop = clean.correct - fit.correct
      pairedCount += 1
      dropSum += drop
      dropSquareSum += drop * drop
      macroF1Drop.add(clean.macroF1 - fit.macroF1)
    }
    if let undefended {
      let gain = fit.correct - undefended.correct
      defendedCount += 1
      gainSum += gain
      gainSquareSum += gain * gain
    }
    if let found = fit.detection { detection.add(found) }
  }

  /// Adds what is kept of the seeds that follow.
  static func += (total: inout CellTally, next: CellTally) {
    total.seedCount += next.seedCount
    total.correctSum += next.correctSum
    total.correctSquareSum += next.correctSquareSum
    total.pairedCount += next.pairedCount
    total.dropSum += next.dropSum
    total.dropSquareSum += next.dropSquareSum
    total.defendedCount += next.defendedCount
    total.gainSum += next.gainSum
    total.gainSquareSum += next.gainSquareSum
    total.detection.merge(next.detection)
    total.confusion += next.confusion
    total.macroF1.merge(next.macroF1)
    total.macroF1Drop.merge(next.macroF1Drop)
    total.logLoss.merge(next.logLoss)
    total.success.merge(next.success)
    total.successGain.merge(next.successGain)
    total.collateral.merge(next.collateral)
    for index in total.outcomeCounts.indices {
      total.outcomeCounts[index] += next.outcomeCounts[index]
    }
    total.iterationSum += next.iterationSum
  }
}

/// The numbers that are kept of one fit.
struct FitTally: Sendable, Equatable {
  /// Number of validation rows predicted right.
  var correct: Int

  /// Mean of the F1 scores of the classes.
  var macroF1: Double

  /// Mean negative log-probability of the true classes, where the model gives probabilities.
  var logLoss: Double?

  /// How the fit ended.
  var outcome: FitReport.Outcome

  /// Iterations of the solver.
  var iterations: Int

  /// What came of a targeted attack.
  var target: TargetTally?

  /// How well the defences told poisoned rows from others; nil where none judges rows.
  var detection: DetectionTally?
}

/// What came of a targeted attack in one fit; nil where there was no row to judge it by.
struct TargetTally: Sendable, Equatable {
  /// The share of the rows aimed at that were given what the attack wants.
  var success: Double?

  /// That share for the model of the clean cell, under the same seed.
  var successBefore: Double?

  /// What happened to rows the attack does not aim at.
  var collateral: Double?
}

extension FitReport.Outcome {
  /// The index among all outcomes.
  var position: Int {
    switch self {
    case .converged: 0
    case .iterationLimit: 1
    case .overflow: 2
    case .constant: 3
    }
  }
}
