import Datasets
import Models
import Poisoning
import Statistics
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
    let found = DetectionTable(cells).map { table in
      ["", "What the defences found, in % of rows", ""] + table.lines + [""]
        + DetectionTable.notes
    }
    return [heading, ""] + table.lines + [""] + notes + (aims ?? []) + (found ?? [])
  }

  private var seedCount: Int { cells.map(\.tally.seedCount).max() ?? 0 }

  private var heading: String {
    let data = study.dataset
    return "\(data.name): \(Numbers.grouped(data.sampleCount)) rows, "
      + "\(study.trainingCount) train, \(study.validationCount) clean rows validate; "
      + "\(Numbers.grouped(seedCount)) seeds"
  }

  private var table: TextTable {
    var table = TextTable(
      [("attack", .left), ("poison", .right)] + (isDefended ? [("defence", .left)] : [])
        + [
          ("model", .left), ("accuracy ± sd", .right), ("95 % interval", .right),
          ("drop from 0 %", .right), ("95 % interval", .right),
        ] + (isDefended ? [("gain", .right), ("95 % interval", .right)] : []))
    for (index, cell) in cells.enumerated() {
      if index > 0, index % study.models.count == 0, study.models.count > 1 { table.appendGap() }
      let hasDrop = !cell.isReference && cell.accuracyDrop.count > 0
      let hasGain = cell.accuracyGain.count > 0
      table.append(
        [cell.attackName, cell.level.description] + (isDefended ? [cell.defenseName] : [])
          + [
            cell.modelName, accuracy(cell), interval(cell.accuracy, range: 1),
            hasDrop ? Numbers.percent(cell.accuracyDrop.mean) : "",
            hasDrop ? interval(cell.accuracyDrop, range: 2) : "",
          ]
          + (isDefended
            ? [
              hasGain ? Numbers.percent(cell.accuracyGain.mean) : "",
              hasGain ? interval(cell.accuracyGain, range: 2) : "",
            ] : []))
    }
    return table
  }

  private var isDefended: Bool { cells.contains { $0.defenseName != "none" } }

  private func accuracy(_ cell: CellSummary) -> String {
    guard cell.accuracy.count > 0 else { return "not for it" }
    return Numbers.percent(cell.accuracy.mean)
      + (cell.accuracy.standardDeviation.map { " ± \(Numbers.percent($0))" } ?? "")
  }

  private func interval(_ moments: RunningMoments, range: Double) -> String {
    guard let rule else { return Numbers.percent(moments.interval()) }
    return Numbers.percent(rule.sequence.interval(moments, range: range), 3)
  }

  private var notes: [String] {
    var lines = [
      "All in %. Drops are paired by seed. Intervals are of the mean over splits of these"
    ]
    if isDefended { lines[0] = lines[0].replacing("Drops are", with: "Drops and gains are") }
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
