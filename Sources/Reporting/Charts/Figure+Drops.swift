import Analyses
import Models
import Poisoning
import Statistics
import Sweeps

extension Figure {
  /// What each attack costs: one panel a model, attacks ranked from top to bottom, the paired drop in
  /// accuracy with its interval to the right, levels by colour and shape.
  ///
  /// `cells` are those of attacks on all rows, without controls and clean cells.
  static func tournament(_ cells: [CellSummary], title: String) -> Figure {
    var table = Table([
      .text("attack"), .number("level"), .text("poison"), .text("model"), .percent("drop"),
      .percent("ci95_low"), .percent("ci95_high"),
    ])
    for cell in cells where cell.accuracyDrop.count > 0 {
      let ends = cell.accuracyDrop.interval()
      table.append([
        .text(cell.attackName), .level(cell.level), .text(cell.level.description),
        .text(cell.modelName), .mean(cell.accuracyDrop), .number(ends?.lower), .number(ends?.upper),
      ])
    }
    let attack = Chart.Channel.word(
      "attack", .none, ranking(cells), axis: Chart.Channel.Guide(grid: true))
    return Figure(
      "tournament", "\(title): the paired drop in accuracy, with its 95 % interval.", table,
      Chart(
        title, drops(table, along: attack, cells.map(\.level)),
        facet: Chart.Facet(column: .word("model", "", cells.map(\.modelName).distinct))))
  }

  /// What poison costs on several data sets: one row of panels a data set, one panel a model, as `tournament`
  /// shows a single set.
  static func comparison(_ comparison: SetComparison) -> Figure {
    var table = Table([
      .text("dataset"), .text("attack"), .number("level"), .text("defense"), .text("model"),
      .text("attacked"), .text("poison"), .percent("accuracy"), .percent("accuracy_ci95_low"),
      .percent("accuracy_ci95_high"), .percent("drop"), .percent("ci95_low"),
      .percent("ci95_high"), .count("seeds"),
    ])
    var conditions: [String] = []
    for row in comparison.rows {
      let (cell, isClean) = (row.cell, row.isClean)
      let condition =
        (cell.level == .clean ? "clean" : cell.attackName)
        + (cell.defenseName == "none" ? "" : ", \(cell.defenseName)")
      if !isClean { conditions.append(condition) }
      for (set, cell) in zip(comparison.sets, row.cells) {
        let (accuracy, drop) = (cell.accuracy.interval(), cell.accuracyDrop.interval())
        table.append(
          [
            .text(set.name), .text(cell.attackName), .level(cell.level), .text(cell.defenseName),
            .text(cell.modelName), .text(condition), .text(cell.level.description),
            .mean(cell.accuracy), .number(accuracy?.lower), .number(accuracy?.upper),
          ]
            + (isClean
              ? [.missing, .missing, .missing]
              : [.mean(cell.accuracyDrop), .number(drop?.lower), .number(drop?.upper)])
            + [.count(cell.accuracy.count)])
      }
    }
    let names = comparison.sets.map(\.name)
    let shown = comparison.rows.filter { !$0.isClean }.map(\.cell)
    let attack = Chart.Channel.word(
      "attacked", .none, conditions.distinct, axis: Chart.Channel.Guide(grid: true))
    let title = "What poison costs on \(names.joined(separator: ", "))"
    return Figure(
      "comparison", "\(title): the paired drop in accuracy, with its 95 % interval.",
      table.keeping(table.columns.map(\.key).filter { !["attacked", "poison"].contains($0) }),
      Chart(
        title, drops(table, along: attack, shown.map(\.level), where: "isValid(datum.drop)"),
        facet: Chart.Facet(
          row: .rows("dataset", .none, names),
          column: .word("model", "", shown.map(\.modelName).distinct))))
  }

  /// The column `drop` and its interval to the right, levels by colour and shape, the darker the more poison.
  private static func drops(
    _ table: Table, along place: Chart.Channel, _ levels: [PoisonLevel],
    where filter: String? = nil
  ) -> Chart.View {
    let levels = Set(levels).sorted().map(\.description)
    let drop = { (field: String) in
      Chart.Channel.number(
        field, "points of accuracy lost", axis: Chart.Channel.Guide(format: ".0%", tickCount: 5))
    }
    let title = "poisoned share"
    let (color, shape) = (
      Chart.Theme.levels.steps(levels.count).map(\.text),
      levels.indices.map { Chart.Theme.shapes[$0 % Chart.Theme.shapes.count] }
    )
    return Chart.View(
      [
        Chart.View(.interval, [.x: drop("ci95_low"), .x2: .end("ci95_high")]),
        Chart.View(
          .point(size: 45),
          [.x: drop("drop"), .shape: .series("poison", title, levels, .texts(shape))]),
      ],
      [.y: place, .color: .series("poison", title, levels, .texts(color))],
      data: table, where: filter, width: 190, height: .step(18))
  }

  /// The attacks by their mean drop over the models at the highest level they have, largest first.
  private static func ranking(_ cells: [CellSummary]) -> [String] {
    let drops = cells.map(\.attackName).distinct.map { name in
      let own = cells.filter { $0.attackName == name }
      let highest = own.map(\.level).max()
      let drops = own.filter { $0.level == highest }.map(\.accuracyDrop.mean)
      return (name: name, drop: drops.reduce(0, +) / Double(drops.count))
    }
    return drops.enumerated().sorted { a, b in
      a.element.drop == b.element.drop ? a.offset < b.offset : a.element.drop > b.element.drop
    }.map(\.element.name)
  }
}
