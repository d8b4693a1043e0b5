public import Models

/// All cells of a study under up to 1,024 consecutive seeds.
public struct SeedBlock: Sendable, Equatable {
  /// Number of seeds of every block but the last.
  public static let capacity = 1_024

  /// One cell, a condition × a model, under the first seeds of the block.
  public struct Cell: Sendable, Equatable {
    /// For each seed the number of validation rows predicted right.
    public private(set) var correct: [UInt32]

    /// For each seed how the fit ended; nil where that was not kept, as in stores of earlier versions.
    public private(set) var outcomes: [FitReport.Outcome]?

    /// The sums over the seeds.
    public private(set) var tally: CellTally

    /// Whether the model was fitted under any seed.
    public var isFitted: Bool { !correct.isEmpty }

    /// Puts a cell together; where all fits have converged, outcomes go without saying.
    ///
    /// - Precondition: One count, and one outcome, for each seed of the tally.
    public init(correct: [UInt32], tally: CellTally, outcomes: [FitReport.Outcome]? = nil) {
      let count = tally.seedCount
      precondition(
        correct.count == count && outcomes?.count ?? count == count,
        "\(correct.count) counts and \(outcomes?.count ?? count) outcomes of \(count) seeds")
      let hasConverged = tally.outcomeCounts[FitReport.Outcome.converged.position] == count
      self.outcomes = outcomes ?? (hasConverged ? Array(repeating: .converged, count: count) : nil)
      (self.correct, self.tally) = (correct, tally)
    }

    /// No seeds yet, for K classes.
    package init(classCount: Int) {
      self.init(correct: [], tally: CellTally(classCount: classCount))
    }

    mutating func append(_ fits: CellFits) {
      for fit in fits.fits {
        tally.add(fit)
        correct.append(UInt32(fit.own.correct))
        outcomes?.append(fit.own.outcome)
      }
      tally.confusion += fits.confusion
    }
  }

  /// The position among the blocks of the study: it begins with the seed first + index · 1,024.
  public let index: Int

  /// Number of seeds, from 1 to 1,024.
  public let seedCount: Int

  /// The cells: conditions outermost, models innermost.
  public let cells: [Cell]

  /// Puts a block together.
  ///
  /// - Precondition: 1 to 1,024 seeds, and every cell that is fitted has all of them.
  public init(index: Int, seedCount: Int, cells: [Cell]) {
    precondition(
      index >= 0 && seedCount >= 1 && seedCount <= Self.capacity
        && cells.allSatisfy { !$0.isFitted || $0.correct.count == seedCount },
      "Block \(index) cannot have \(seedCount) seeds")
    (self.index, self.seedCount, self.cells) = (index, seedCount, cells)
  }
}

/// The fits of one cell under consecutive seeds, with those they are compared with.
struct CellFits: Sendable {
  /// The place of the cell in the order of the study.
  let cell: Int

  /// Position of the first seed in its block.
  let start: Int

  /// One fit a seed, beside those it is compared with.
  let fits: [FitComparison]

  /// Their confusion matrices, summed.
  let confusion: ConfusionMatrix

  /// Position of the seed after the last.
  var end: Int { start + fits.count }
}
