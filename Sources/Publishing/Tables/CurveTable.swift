import Reporting
import Sweeps

extension Table {
  /// All cells of a study of curves for machines, one a row, with the rows that each has.
  init(curveCells cells: [CellSummary]) {
    let table = Table(cells: cells)
    self.init([.count("attacked_rows"), .count("added_rows")] + table.columns)
    for (cell, row) in zip(cells, table.rows) {
      append([.count(cell.rows.attacked), .count(cell.rows.added)] + row)
    }
  }
}
