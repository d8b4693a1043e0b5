import Analyses
import Poisoning
import Statistics
import Sweeps

extension Figure {
  /// What poison costs on several data sets: one panel a model, a line an attack at a level, the paired drop
  /// in accuracy with its interval to the right, sets by colour and shape.
  static func comparison(_ comparison: SetComparison) -> Figure {
    var table = Table([
      .text("dataset"), .text("attack"), .number("level"), .text("defense"), .text("model"),
      .text("condition"), .percent("accuracy"), .percent("accuracy_ci95_low"),
      .percent("accuracy_ci95_high"), .percent("drop"), .percent("ci95_low"),
      .percent("ci95_high"), .count("seeds"),
    ])
    var conditions: [String] = []
    for row in comparison.rows {
      let (cell, isClean) = (row.cell, row.isClean)
      let condition =
        (cell.level == .clean ? "clean" : "\(cell.attackName) \(cell.level)")
        + (cell.defenseName == "none" ? "" : ", \(cell.defenseName)")
      if !isClean { conditions.append(condition) }
      for (set, cell) in zip(comparison.sets, row.cells) {
        let (accuracy, drop) = (cell.accuracy.interval(), cell.accuracyDrop.interval())
        table.append(
          [
            .text(set.name), .text(cell.attackName), .level(cell.level), .text(cell.defenseName),
            .text(cell.modelName), .text(condition), .mean(cell.accuracy),
            .number(accuracy?.lower), .number(accuracy?.upper),
          ]
            + (isClean
              ? [.missing, .missing, .missing]
              : [.mean(cell.accuracyDrop), .number(drop?.lower), .number(drop?.upper)])
            + [.count(cell.accuracy.count)])
      }
    }
    let names = comparison.sets.map(\.name)
    let view = Chart.View(
      drops(by: .series(.shape, "dataset", "data set", names)),
      [
        .y: .word(
          "condition", .none, conditions.distinct, axis: Chart.Channel.Guide(grid: true)),
        .yOffset: .word("dataset", .none, names),
        .color: .series(.color, "dataset", "data set", names),
      ], data: table, where: "isValid(datum.drop)", width: 190,
      height: .step(9))
    let title = "What poison costs on \(names.joined(separator: ", "))"
    return Figure(
      "comparison", "\(title): the paired drop in accuracy, with its 95 % interval.", table,
      Chart(
        title, view,
        facet: Chart.Facet(
          column: .word("model", "", comparison.rows.map(\.cell.modelName).distinct))))
  }
}
