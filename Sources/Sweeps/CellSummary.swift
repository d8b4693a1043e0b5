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
  public package(set) var tally: CellTally

  private let validationCount: Int

  /// A cell without seeds yet.
  package init(
    attackName: String, level: PoisonLevel, defenseName: String, rows: TrainingRows, model: String,
    modelName: String, classCount: Int, validationCount: Int
  ) {
    (self.attackName, self.level, self.defenseName) = (attackName, level, defenseName)
    (self.rows, self.model, self.modelName) = (rows, model, modelName)
    (tally, self.validationCount) = (CellTally(classCount: classCount), validationCount)
  }

  /// A measure over the seeds that have it.
  public subscript(measure: Measure) -> RunningMoments {
    tally.sums[measure.rawValue].moments(of: validationCount)
  }

  /// Accuracy on the validation rows.
  public var accuracy: RunningMoments { self[.accuracy] }

  /// Accuracy of the clean cell minus accuracy of this one, seed by seed.
  public var accuracyDrop: RunningMoments { self[.accuracyDrop] }

  /// Accuracy of this cell minus that of the one without defences, seed by seed.
  public var accuracyGain: RunningMoments { self[.accuracyGain] }

  /// The measures that there is something to say of: those some seed has, without what a cell would be
  /// compared with itself in.
  package var measures: [(measure: Measure, moments: RunningMoments)] {
    Measure.allCases.compactMap { measure in
      let moments = self[measure]
      let isVain = isReference && (measure == .accuracyDrop || measure == .macroF1Drop)
      return moments.count == 0 || isVain ? nil : (measure, moments)
    }
  }

  /// Whether nothing is done to the rows, neither by an attack nor against one.
  public var isReference: Bool { level == .clean && defenseName == "none" }

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
    conditions.flatMap { condition in
      models.map { model in
        CellSummary(
          attackName: condition.attackName, level: condition.level,
          defenseName: condition.defenseName,
          rows: condition.rows ?? TrainingRows(attacked: trainingCount), model: model.model,
          modelName: model.name, classCount: dataset.classCount, validationCount: validationCount)
      }
    }
  }
}

extension [CellSummary] {
  /// Adds the block that follows.
  public mutating func add(_ block: SeedBlock) {
    for (index, cell) in block.cells.enumerated() { self[index].tally += cell.tally }
  }
}
