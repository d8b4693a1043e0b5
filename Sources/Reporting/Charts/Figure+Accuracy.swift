import Models
import Poisoning
import Statistics
import Sweeps

extension Figure {
  /// Accuracy against poison level, one line a model, with the interval of each mean.
  ///
  /// `cells` are those of one attack and of no attack.
  static func accuracy(_ cells: [CellSummary], name: String, title: String) -> Figure {
    var table = Table([
      .text("attack"), .number("level"), .text("model"), .percent("accuracy"),
      .percent("ci95_low"), .percent("ci95_high"),
    ])
    for cell in cells where cell.accuracy.count > 0 {
      let ends = cell.accuracy.interval()
      table.append([
        .text(cell.attackName), .level(cell.level), .text(cell.modelName), .mean(cell.accuracy),
        .number(ends?.lower), .number(ends?.upper),
      ])
    }
    let models = cells.map(\.modelName).distinct
    let level = Chart.Channel.number(
      "level", "poisoned share of the training rows", axis: Chart.Theme.percent)
    let accuracy = { (field: String) in
      Chart.Channel.number(
        field, "accuracy on clean rows, 95 % interval of the mean", axis: Chart.Theme.percent,
        scale: Chart.Theme.close)
    }
    let chart = Chart(
      title,
      Chart.View(
        [
          Chart.View(.interval, [.y: accuracy("ci95_low"), .y2: .end("ci95_high")]),
          Chart.View(Chart.Mark(type: .line), [.y: accuracy("accuracy")]),
          Chart.View(
            .point(size: 60),
            [.y: accuracy("accuracy"), .shape: .series(.shape, "model", "model", models)]),
        ],
        [.x: level, .color: .series(.color, "model", "model", models)], data: table,
        width: 460, height: 280))
    return Figure(
      name, "\(title): accuracy on clean rows, with 95 % intervals of the mean.", table, chart)
  }
}
