import Poisoning
import Statistics
public import Sweeps

/// What every attack does at the highest level: which one does collapse accuracy.
public struct CollapseTable: Sendable {
  private let cells: [CellSummary]
  private let models: [String]
  private let classCount: Int

  /// Collects the cells of the highest level; nil when there is no poison.
  public init?(cells: [CellSummary], models: [String], classCount: Int) {
    guard let highest = cells.map(\.level).max(), highest.share > 0 else { return nil }
    self.cells = cells.filter { $0.level == highest }
    self.models = models
    self.classCount = classCount
  }

  /// How near to chance, 1/K, a collapse ends: within this many points.
  private static let margin = 0.05

  /// Whether a cell's mean accuracy is no better than guessing, give or take the margin.
  public func hasCollapsed(_ cell: CellSummary) -> Bool {
    Self.hasCollapsed(cell, classCount: classCount)
  }

  /// Whether a cell's mean accuracy is no better than guessing one of K classes, within the margin.
  static func hasCollapsed(_ cell: CellSummary, classCount: Int) -> Bool {
    cell.accuracy.mean <= 1 / Double(classCount) + margin
  }

  /// What the star means.
  static func note(classCount: Int) -> String {
    let limit = Numbers.percent(1 / Double(classCount) + margin, 1)
    return "* collapsed: mean accuracy at most \(limit) %, guessing plus 5 points"
  }

  /// The table, one row an attack, with a star at each collapse.
  public var lines: [String] {
    var names: [String] = []
    for cell in cells where !names.contains(cell.attackName) { names.append(cell.attackName) }
    var table = TextTable(
      [("attack", .left)] + models.map { ($0, TextTable.Alignment.right) })
    for name in names {
      table.append(
        [name]
          + models.map { model in
            guard let cell = cells.first(where: { $0.attackName == name && $0.model == model })
            else { return "–" }
            return Numbers.meanAndHalfWidth(cell.accuracy) + (hasCollapsed(cell) ? " *" : "  ")
          })
    }
    return table.lines + ["", Self.note(classCount: classCount)]
  }
}
