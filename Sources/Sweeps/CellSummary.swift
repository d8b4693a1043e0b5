import Datasets
public import Models
import Poisoning
public import Statistics

/// One cell, a condition × a model, over all its seeds.
@dynamicMemberLookup
public struct CellSummary: Sendable {
  /// What its parts are called.
  public let cell: StudyCell

  /// The sums over the seeds.
  public package(set) var tally: CellTally

  private let validationCount: Int

  /// A cell without seeds yet.
  package init(_ cell: StudyCell, classCount: Int, validationCount: Int) {
    (self.cell, self.validationCount) = (cell, validationCount)
    tally = CellTally(classCount: classCount)
  }

  /// What a part of the cell is called.
  public subscript<Value>(dynamicMember part: KeyPath<StudyCell, Value>) -> Value {
    cell[keyPath: part]
  }

  /// A measure over the seeds that have it.
  public subscript(measure: Measure) -> RunningMoments {
    tally.sums[measure.rawValue].moments(of: validationCount)
      .measuring(measure.quantity(ofRows: validationCount))
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
  public var isReference: Bool { self.level == .clean && self.defenseName == "none" }

  /// Confusion matrices summed over seeds.
  public var confusion: ConfusionMatrix { tally.confusion }

  /// Number of fits that had one class to learn from.
  public var constantCount: Int { tally.outcomeCounts[FitReport.Outcome.constant.position] }

  /// Number of fits that did not end at an optimum.
  public var unconvergedCount: Int {
    [FitReport.Outcome.iterationLimit, .overflow].reduce(0) { count, outcome in
      count + tally.outcomeCounts[outcome.position]
    }
  }
}

extension Study {
  /// The cells without seeds: conditions outermost, models innermost.
  public var emptyCells: [CellSummary] {
    storedCells.map {
      CellSummary($0, classCount: dataset.classCount, validationCount: validationCount)
    }
  }
}

extension [CellSummary] {
  /// Adds the block that follows.
  public mutating func add(_ block: SeedBlock) {
    for (index, cell) in block.cells.enumerated() { self[index].tally += cell.tally }
  }
}
