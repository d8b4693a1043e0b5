import Models
import Poisoning
import Statistics
import Sweeps

/// What attacks that aim at some rows came to, one row a cell.
struct AimTable {
  private let cells: [CellSummary]

  /// A table of those cells in which such an attack was judged; nil for none.
  init?(_ cells: [CellSummary]) {
    self.cells = cells.filter { $0.level != .clean && $0.success.count > 0 }
    if self.cells.isEmpty { return nil }
  }

  /// A table of the cells of such attacks, whether there was a row to judge them by or not.
  init(of cells: [CellSummary]) { self.cells = cells }

  /// The table, with a gap after each condition.
  var lines: [String] {
    var table = TextTable([
      ("attack", .left), ("poison", .right), ("model", .left), ("success", .right),
      ("clean model", .right), ("gain", .right), ("collateral", .right), ("accuracy", .right),
    ])
    for (index, cell) in cells.enumerated() {
      if index > 0, cells[index - 1].attackName != cell.attackName { table.appendGap() }
      let hasGain = cell.successGain.count > 0
      table.append([
        cell.attackName, cell.level.description, cell.modelName,
        cell.success.count > 0 ? Numbers.percent(cell.success.mean) : "–",
        hasGain ? Numbers.percent(cell.success.mean - cell.successGain.mean) : "–",
        Numbers.meanAndHalfWidth(cell.successGain),
        cell.collateral.count > 0 ? Numbers.percent(cell.collateral.mean) : "–",
        Numbers.percent(cell.accuracy.mean)
          + (cell.accuracyDrop.count > 0 ? " ± \(Numbers.halfWidth(cell.accuracyDrop))" : ""),
      ])
    }
    return table.lines
  }

  /// What the columns are.
  static let notes = [
    "success: the share of the rows aimed at that were given what the attack wants; under the",
    "clean model it is what would have happened anyway. collateral: with a trigger, rows without",
    "it that are given the wanted class; else, other rows that are misclassified. ± of accuracy",
    "is the half-width of its drop.",
  ]
}
