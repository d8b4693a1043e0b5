import Datasets
import Defenses
public import Models
public import Poisoning
public import Statistics

/// One cell, a condition × a model, over all its seeds.
public struct CellSummary: Sendable {
  /// The attack as it can be asked for; `none` at level 0.
  public let attackName: String

  /// The level.
  public let level: PoisonLevel

  /// The defences as they can be asked for; `none` where there is none.
  public let defenseName: String

  /// The rows that are attacked and those added after them.
  public let rows: TrainingRows

  /// The model in the catalogue.
  public let model: String

  /// The model as it can be asked for, with the parameters that tell it from others of its kind.
  public let modelName: String

  /// The sums over the seeds.
  public internal(set) var tally: CellTally

  private let validationCount: Int

  /// No seeds yet.
  init(_ study: Study, _ condition: Condition, _ model: ModelChoice) {
    attackName = condition.attackName
    level = condition.level
    rows = condition.rows ?? TrainingRows(attacked: study.trainingCount)
    defenseName = condition.defenseName
    self.model = model.model
    modelName = model.name
    tally = CellTally(classCount: study.dataset.classCount)
    validationCount = study.validationCount
  }

  /// A cell of a store, without seeds yet.
  init(_ cell: StoredCell, _ plan: StoredPlan) {
    attackName = cell.attackName
    level = cell.level
    rows = cell.rows
    defenseName = cell.defenseName
    model = cell.model
    modelName = cell.modelName
    tally = CellTally(classCount: plan.classNames.count)
    validationCount = plan.validationCount
  }

  /// Accuracy on the validation rows.
  public var accuracy: RunningMoments {
    RunningMoments(
      count: tally.seedCount, sum: tally.correctSum, squareSum: tally.correctSquareSum,
      divisor: validationCount)
  }

  /// Accuracy of the clean cell minus accuracy of this one, seed by seed.
  public var accuracyDrop: RunningMoments {
    RunningMoments(
      count: tally.pairedCount, sum: tally.dropSum, squareSum: tally.dropSquareSum,
      divisor: validationCount)
  }

  /// Accuracy of this cell minus that of the one without defences, seed by seed.
  public var accuracyGain: RunningMoments {
    RunningMoments(
      count: tally.defendedCount, sum: tally.gainSum, squareSum: tally.gainSquareSum,
      divisor: validationCount)
  }

  /// How well the defences told poisoned rows from others.
  public var detection: DetectionSummary { tally.detection }

  /// Whether nothing is done to the rows, neither by an attack nor against one.
  public var isReference: Bool { level == .clean && defenseName == "none" }

  /// Mean of the F1 scores of the classes.
  public var macroF1: RunningMoments { tally.macroF1 }

  /// Macro-F1 of the clean cell minus macro-F1 of this one, seed by seed.
  public var macroF1Drop: RunningMoments { tally.macroF1Drop }

  /// Log loss, for models that give probabilities.
  public var logLoss: RunningMoments { tally.logLoss }

  /// The share of the rows that a targeted attack aims at which it got its way with.
  public var success: RunningMoments { tally.success }

  /// That share minus what it is for the clean model, seed by seed.
  public var successGain: RunningMoments { tally.successGain }

  /// What a targeted attack did to rows it does not aim at; see `Aim.collateral`.
  public var collateral: RunningMoments { tally.collateral }

  /// Confusion matrices summed over seeds.
  public var confusion: ConfusionMatrix { tally.confusion }

  /// Number of fits that did not end at an optimum.
  public var unconvergedCount: Int {
    FitReport.Outcome.allCases.reduce(0) { count, outcome in
      outcome == .converged || outcome == .constant
        ? count : count + tally.outcomeCounts[outcome.position]
    }
  }
}

extension Study {
  /// The cells without seeds: conditions outermost, models innermost.
  public var emptyCells: [CellSummary] {
    conditions.flatMap { condition in models.map { CellSummary(self, condition, $0) } }
  }
}

extension [CellSummary] {
  /// Adds the block that follows.
  public mutating func add(_ block: SeedBlock) {
    for (index, cell) in block.cells.enumerated() { self[index].tally += cell.tally }
  }
}
