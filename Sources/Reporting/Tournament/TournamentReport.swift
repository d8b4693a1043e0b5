import Datasets
import Models
import Poisoning
import Statistics
import Sweeps

/// The outcome of a tournament as text, for people.
struct TournamentReport {
  private let study: Study
  private let clean: [CellSummary]
  private let standings: [Standing]

  init(_ study: Study, cells: [CellSummary], _ tournament: Tournament) {
    self.study = study
    clean = tournament.cleanCells(cells)
    standings = tournament.standings(cells)
  }

  /// The sections of all levels.
  var lines: [String] {
    var lines: [String] = []
    for level in levels {
      let here = standings.filter { $0.level == level }
      let (targeted, general) = (here.filter(\.isTargeted), here.filter { !$0.isTargeted })
      if !general.isEmpty { lines += ranking(general, level) + split(general, level) }
      if !targeted.isEmpty { lines += aims(targeted, level) }
    }
    return lines + notes
  }

  private var levels: [PoisonLevel] {
    standings.map(\.level).reduce(into: []) { if $0.last != $1 { $0.append($1) } }
  }

  /// Accuracy of every model after each attack.
  private func ranking(_ standings: [Standing], _ level: PoisonLevel) -> [String] {
    var table = TextTable(
      [("", .right), ("attack", .left)]
        + study.models.map { ($0.name, TextTable.Alignment.right) } + [("mean drop", .right)])
    table.append(
      ["", "none"] + clean.map { Numbers.percent($0.accuracy.mean) + Self.blank })
    for (place, standing) in standings.enumerated() {
      table.append(
        ["\(place + 1)", standing.name]
          + standing.cells.map { cell in
            let hasCollapsed = CollapseTable.hasCollapsed(
              cell, classCount: study.dataset.classCount)
            return Numbers.percent(cell.accuracy.mean)
              + " ± \(Numbers.halfWidth(cell.accuracyDrop))" + (hasCollapsed ? " *" : "  ")
          } + [Numbers.meanAndHalfWidth(standing.drop)])
    }
    return ["", "Accuracy at \(level), strongest attack first", ""] + table.lines
  }

  /// Where a number without interval and star ends in a column of those with both.
  private static let blank = "         "

  /// What lost rows and what poison cost, for the attacks that have a control.
  private func split(_ standings: [Standing], _ level: PoisonLevel) -> [String] {
    var table = TextTable([
      ("attack", .left), ("total drop", .right), ("lost clean rows", .right),
      ("active harm", .right),
    ])
    let split = standings.filter { $0.harm != nil }
    guard !split.isEmpty else { return [] }
    for standing in split {
      table.append(
        [standing.name]
          + [standing.drop, standing.lost, standing.harm].map {
            $0.map(Numbers.meanAndHalfWidth) ?? "–"
          })
    }
    return ["", "Where the loss comes from at \(level), mean over models", ""] + table.lines
  }

  /// What targeted attacks came to.
  private func aims(_ standings: [Standing], _ level: PoisonLevel) -> [String] {
    ["", "Targeted attacks at \(level)", ""] + AimTable(of: standings.flatMap(\.cells)).lines
  }

  private var notes: [String] {
    var lines = [
      "",
      "All in % or points. ± is the 95 % half-width of the drop from no attack, paired by seed.",
      CollapseTable.note(classCount: study.dataset.classCount),
    ]
    if standings.contains(where: { !$0.isTargeted && $0.harm != nil }) {
      lines += [
        "total drop = lost clean rows (no attack − rows deleted) + active harm (rows deleted −",
        "poisoned): the control flow=delete removes the rows that the attack would replace.",
      ]
    }
    if standings.contains(where: \.isTargeted) {
      lines += AimTable.notes
    }
    return lines
  }
}
