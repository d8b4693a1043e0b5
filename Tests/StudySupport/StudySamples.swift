package import Datasets
import Models
import Poisoning
import Statistics
package import Sweeps

/// Conditions by the texts of their attacks and by shares.
package func conditions(
  _ attacks: [String], _ shares: [Double], for dataset: Dataset
) throws -> [Condition] {
  try attacks.flatMap { attack in
    try shares.map { share in
      Condition(
        attack: try AttackCatalog.attack(attack, for: dataset), level: try PoisonLevel(share))
    }
  }
}

/// Everything that a summary says.
package struct SummaryContent: Equatable {
  let names: [String]
  let level: PoisonLevel
  let moments: [RunningMoments]
  let confusion: ConfusionMatrix
  let unconvergedCount: Int

  package init(_ cell: CellSummary) {
    names = [cell.attackName, cell.model]
    level = cell.level
    moments = [
      cell.accuracy, cell[.macroF1], cell[.logLoss], cell.accuracyDrop, cell[.macroF1Drop],
    ]
    confusion = cell.confusion
    unconvergedCount = cell.unconvergedCount
  }
}

extension StudyEngine {
  /// Runs to the end and returns the blocks beside the summaries.
  package func collect(seedCount: Int) -> (blocks: [SeedBlock], cells: [CellSummary]) {
    var blocks: [SeedBlock] = []
    var cells = study.emptyCells
    run(seedCount: seedCount) { block in
      blocks.append(block)
      cells.add(block)
      return true
    }
    return (blocks, cells)
  }
}
