import Poisoning
import Statistics
import Sweeps

/// How well the defences of cells told poisoned rows from others.
struct DetectionTable {
  private let cells: [CellSummary]

  /// The table of the cells in which defences judged rows; nil where there is none.
  init?(_ cells: [CellSummary]) {
    self.cells = cells.filter { $0.detection.falseAlarmRate.count > 0 }
    if self.cells.isEmpty { return nil }
  }

  /// The lines of the table; models with the same verdicts share a line.
  var lines: [String] {
    var table = TextTable([
      ("attack", .left), ("poison", .right), ("defence", .left), ("model", .left),
      ("precision", .right), ("recall", .right), ("wrongly", .right), ("ROC-AUC", .right),
      ("at budget", .right),
    ])
    for (index, cell) in distinct.enumerated() {
      let before = index > 0 ? distinct[index - 1] : nil
      if let before, before.cell.level != cell.cell.level { table.appendGap() }
      let found = cell.cell.detection
      table.append([
        cell.cell.attackName, cell.cell.level.description, cell.cell.defenseName, cell.models,
        share(found.precision), share(found.recall), share(found.falseAlarmRate),
        found.rocAUC.count > 0 ? Numbers.fixed(found.rocAUC.mean, 3) : "",
        share(found.precisionAtBudget),
      ])
    }
    return table.lines
  }

  /// What the columns are.
  static let notes = [
    "precision: flagged rows that are poisoned; recall: poisoned rows that are flagged; wrongly:",
    "other rows that are flagged; ROC-AUC of the scores; at budget: poisoned rows among as many",
    "with the largest scores.",
  ]

  private var distinct: [(cell: CellSummary, models: String)] {
    var groups: [(cell: CellSummary, models: String)] = []
    for cell in cells {
      let place = groups.firstIndex {
        $0.cell.attackName == cell.attackName && $0.cell.level == cell.level
          && $0.cell.defenseName == cell.defenseName && $0.cell.detection == cell.detection
      }
      if let place { groups[place].models = "all" } else { groups.append((cell, cell.modelName)) }
    }
    return groups
  }

  private func share(_ moments: RunningMoments) -> String {
    moments.count > 0 ? Numbers.percent(moments.mean, 1) : ""
  }
}
