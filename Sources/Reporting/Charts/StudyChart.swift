import Poisoning
public import Sweeps

/// A chart of a study: a Vega-Lite specification with its data inside.
public struct StudyChart: Sendable {
  /// What its files are called.
  public let name: String

  /// The specification, as JSON.
  public let specification: String

  /// The charts of a study with these cells: accuracy against level, and confusion matrices by level
  /// and model, where they can be read.
  ///
  /// Those of the first attack are called `accuracy` and `confusion`; another attack with several
  /// levels has an `accuracy-ATTACK`. A study in which controls delete what other attacks replace
  /// has one chart, `tournament`. Cells with defences are left out.
  public static func all(
    _ all: [CellSummary], datasetName: String, classNames: [String]
  ) -> [StudyChart] {
    let cells = all.filter { $0.defenseName == "none" }
    var attacks: [String] = []
    for cell in cells where cell.level != .clean && !attacks.contains(cell.attackName) {
      attacks.append(cell.attackName)
    }
    let curve = { (attack: String?) in
      cells.filter { $0.level == .clean || $0.attackName == attack }
    }
    let title = { (attack: String?) in "\(datasetName), attack \(attack ?? "none")" }
    let main = attacks.first
    if let contestants = tournamentCells(cells) {
      return [tournament(contestants, datasetName: datasetName)]
    }
    var charts = [
      StudyChart(
        name: "accuracy",
        specification: AccuracyChart(curve(main), title: title(main)).specification)
    ]
    if classNames.count <= 12 {
      charts.append(
        StudyChart(
          name: "confusion",
          specification: ConfusionChart(
            curve(main), classNames: classNames, title: title(main)
          ).specification))
    }
    for attack in attacks.dropFirst() {
      let levels = Set(curve(attack).map(\.level))
      guard levels.count > 2 else { continue }
      let word = attack.map { $0.isLetter || $0.isNumber ? $0 : "-" }
      charts.append(
        StudyChart(
          name: "accuracy-" + String(word),
          specification: AccuracyChart(curve(attack), title: title(attack)).specification))
    }
    return charts
  }

  /// The chart of a tournament, of the cells of attacks on all rows without controls.
  static func tournament(_ cells: [CellSummary], datasetName: String) -> StudyChart {
    StudyChart(
      name: "tournament",
      specification: TournamentChart(
        cells, title: "\(datasetName): what each attack costs"
      ).specification)
  }

  /// The cells of attacks on all rows that take part in a tournament; nil where there is no control.
  private static func tournamentCells(_ cells: [CellSummary]) -> [CellSummary]? {
    let key = { (cell: CellSummary, text: AttackText) in "\(cell.level.share) \(text.maker)" }
    let attacks = cells.filter { $0.level != .clean }
      .map { (cell: $0, text: AttackText($0.attackName)) }
    let replaced = Set(attacks.filter { $0.text.flow == .replace }.map(key))
    let isControl = { (cell: CellSummary, text: AttackText) in
      text.flow == .delete && replaced.contains(key(cell, text))
    }
    guard attacks.contains(where: isControl) else { return nil }
    return attacks.filter {
      !isControl($0.cell, $0.text) && $0.text.goal == .availability
    }.map(\.cell)
  }
}
