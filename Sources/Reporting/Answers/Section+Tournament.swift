import Analyses
import Poisoning
import Statistics
import Store
import Sweeps

extension Answer.Section {
  /// The rankings of all levels, where the losses come from, and what targeted attacks came to.
  static func tournament(
    _ facts: StudyFacts, _ cells: [CellSummary], _ tournament: Tournament
  ) -> [Answer.Section] {
    let (clean, standings) = (tournament.cleanCells(cells), tournament.standings(cells))
    let levels = Set(standings.map(\.level)).sorted()
    let figure = Figure.tournament(
      standings.filter { !$0.isTargeted }.flatMap(\.cells),
      title: "\(facts.datasetName): what each attack costs")
    let sections = levels.flatMap { level -> [Answer.Section?] in
      let here = standings.filter { $0.level == level }
      let (targeted, general) = (here.filter(\.isTargeted), here.filter { !$0.isTargeted })
      return [
        general.isEmpty ? nil : ranking(general, clean, level, facts), split(general, level),
        aims(
          "Targeted attacks at \(level)", targeted.flatMap(\.cells), isJudgedOnly: false),
      ]
    }
    let isDrawn = !figure.table.isEmpty
    var notes = [
      "All in % or points. ± is the 95 % half-width of the drop from no attack, paired by seed.",
      facts.collapseNote(cells),
    ]
    if standings.contains(where: { !$0.isTargeted && $0.harm != nil }) {
      notes.append(
        "total drop = lost clean rows (no attack − rows deleted) + active harm (rows deleted − "
          + "poisoned): the control flow=delete removes the rows that the attack would replace.")
    }
    if standings.contains(where: \.isTargeted) { notes.append(aimNote) }
    return sections.compactMap { $0 } + [Answer.Section("How to read this", [.text(notes)])]
      + (isDrawn ? [Answer.Section("What each attack costs", [.figure(figure)])] : [])
  }

  /// Accuracy of every model after each attack.
  private static func ranking(
    _ standings: [Standing], _ clean: [CellSummary], _ level: PoisonLevel, _ facts: StudyFacts
  ) -> Answer.Section? {
    var table = Table(
      [.text("", key: "place"), .text("attack")] + facts.modelNames.map { .percent($0) }
        + [.percent("mean drop")])
    table.append(["", "none"] + clean.map { .mean($0.accuracy) })
    for (place, standing) in standings.enumerated() {
      table.append(
        [.text("\(place + 1)"), .text(standing.attack.name)]
          + standing.cells.map { cell in
            .spread(cell.accuracy, cell.accuracyDrop.interval()?.halfWidth)
              .marked(facts.hasCollapsed(cell) ? " *" : "")
          } + [.halfWidth(standing.drop)])
    }
    return Answer.Section("Accuracy at \(level), strongest attack first", table)
  }

  /// What lost rows and what poison cost, for the attacks that have a control.
  private static func split(_ standings: [Standing], _ level: PoisonLevel) -> Answer.Section? {
    let table = Table(
      [
        .text("attack"), .percent("total drop"), .percent("lost clean rows"),
        .percent("active harm"),
      ],
      rows: standings.filter { $0.harm != nil }.map { standing in
        [.text(standing.attack.name)]
          + [standing.drop, standing.lost, standing.harm].map {
            $0.map(Table.Value.halfWidth) ?? .unknown
          }
      })
    return Answer.Section("Where the loss comes from at \(level), mean over models", table)
  }
}
