import Datasets
import Models
import Poisoning
public import Sweeps

/// The outcome of a sweep as text, for people.
public struct SweepReport: Sendable {
  private let study: Study
  private let cells: [CellSummary]
  private let rule: StoppingRule?

  /// The report of the cells of a sweep; where a rule may have ended it, intervals are those that
  /// hold at all looks.
  public init(_ study: Study, cells: [CellSummary], extent: SweepExtent) {
    self.study = study
    self.cells = cells
    rule = if case .until(let rule) = extent { rule } else { nil }
  }

  /// All lines, ready to print.
  public var lines: [String] {
    let aims = AimTable(cells).map { table in
      ["", "Targeted attacks, in % or points", ""] + table.lines + [""] + AimTable.notes
    }
    return [heading, ""] + table.lines + [""] + notes + (aims ?? [])
  }

  private var seedCount: Int { cells.first?.tally.seedCount ?? 0 }

  private var heading: String {
    let data = study.dataset
    return "\(data.name): \(Numbers.grouped(data.sampleCount)) rows, "
      + "\(study.trainingCount) train, \(study.validationCount) clean rows validate; "
      + "\(Numbers.grouped(seedCount)) seeds"
  }

  private var table: TextTable {
    var table = TextTable([
      ("attack", .left), ("poison", .right), ("model", .left), ("accuracy ± sd", .right),
      ("95 % interval", .right), ("drop from 0 %", .right), ("95 % interval", .right),
    ])
    for (index, cell) in cells.enumerated() {
      if index > 0, index % study.models.count == 0, study.models.count > 1 { table.appendGap() }
      let hasDrop = cell.level != .clean && cell.accuracyDrop.count > 0
      table.append([
        cell.attackName, cell.level.description, cell.modelName,
        Numbers.percent(cell.accuracy.mean)
          + (cell.accuracy.standardDeviation.map { " ± \(Numbers.percent($0))" } ?? ""),
        interval(cell.accuracy, range: 1),
        hasDrop ? Numbers.percent(cell.accuracyDrop.mean) : "",
        hasDrop ? interval(cell.accuracyDrop, range: 2) : "",
      ])
    }
    return table
  }

  private func interval(_ moments: RunningMoments, range: Double) -> String {
    guard let rule else { return Numbers.percent(moments.interval()) }
    return Numbers.percent(rule.sequence.interval(moments, range: range), 3)
  }

  private var notes: [String] {
    var lines = [
      "All in %. Drops are paired by seed. Intervals are of the mean over splits of these"
    ]
    lines.append(
      rule == nil
        ? "rows, at the number of seeds planned."
        : "rows, and hold at every look, so also where the rule stopped.")
    if let stopping = StoppingRecord(rule, cells) { lines.append(stopping.sentence) }
    let unconverged = cells.reduce(0) { $0 + $1.unconvergedCount }
    if unconverged > 0 {
      lines.append("\(Numbers.grouped(unconverged)) fits did not end at an optimum.")
    }
    return lines
  }
}
