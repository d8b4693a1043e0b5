import Analyses
import Poisoning
import Statistics
import Store
import Sweeps

extension Figure {
  /// Accuracy over all rows, clean ones being added to a base of which a level is poisoned.
  ///
  /// `ceiling` is the accuracy of the best of all classifiers, where it is known. Nil without any curve.
  static func curves(_ surface: AccuracySurface, ceiling: Double?) -> Figure? {
    let table = points(of: surface)
    guard !table.isEmpty else { return nil }
    let levels = ["0 %"] + surface.levels.map(\.description)
    let rows = Chart.Channel.number(
      "rows", "training rows, clean ones added to \(surface.base)", axis: Chart.Theme.sizes,
      scale: Chart.Theme.ratios)
    let accuracy = { (field: String) in
      Chart.Channel.number(
        field, "accuracy on clean rows", axis: Chart.Theme.percent, scale: Chart.Theme.close)
    }
    let colors =
      [Chart.Theme.grey] + Chart.Theme.levels.steps(surface.levels.count).map(\.text)
    let shapes = levels.indices.map { Chart.Theme.shapes[$0 % Chart.Theme.shapes.count] }
    let color = Chart.Channel.series("level", "poisoned", levels, .texts(colors))
    var layers = [
      Chart.View(
        .band(0.2),
        [.x: rows, .y: accuracy("ci95_low"), .y2: .end("ci95_high"), .color: color]),
      Chart.View(
        Chart.Mark(type: .line), [.x: rows, .y: accuracy("accuracy"), .color: color]),
      Chart.View(
        .point(size: 40),
        [
          .x: rows, .y: accuracy("accuracy"), .color: color,
          .shape: .series("level", "poisoned", levels, .texts(shapes)),
        ]),
    ]
    if let ceiling {
      let best = Table(
        [.percent("ceiling"), .count("rows"), .text("name")],
        rows: [[.number(ceiling), .count(surface.base), "best of all classifiers"]])
      layers += [
        Chart.View(
          .dashed([3, 3], .rule, color: Chart.Theme.grey), [.y: accuracy("ceiling")], data: best),
        Chart.View(
          Chart.Mark(type: .text, align: "left", fontSize: 10, dy: -6),
          [.x: rows, .y: accuracy("ceiling"), .text: .end("name")], data: best),
      ]
    }
    let shown = table.filtered { $0[2] == "none" }
    return Figure(
      "curves",
      "Accuracy with 95 % bands over the number of rows: without poison, and with clean rows added "
        + "to \(surface.base) rows of which a share is poisoned."
        + (ceiling.map { " Dotted: the best of all classifiers, \(Numbers.percent($0)) %." } ?? ""),
      table,
      Chart(
        nil, Chart.View(layers, data: shown, width: 230, height: 190),
        facet: Chart.Facet(
          row: .rows("attack", .none, surface.attacks), column: .word("model", "", surface.models),
          independent: "y")),
      interactive: Chart(
        nil,
        Chart.View(
          layers, data: table,
          where: "datum.attack == attackChoice && datum.model == modelChoice "
            + "&& datum.defense == defenceChoice", width: "container", height: 340),
        choices: [
          Chart.Choice("attackChoice", "attack", surface.attacks),
          Chart.Choice("modelChoice", "model", surface.models),
          Chart.Choice("defenceChoice", "defence", surface.defenses),
        ]))
  }

  private static func points(of surface: AccuracySurface) -> Table {
    var table = Table([
      .text("attack"), .text("level"), .text("defense"), .text("model"), .count("rows"),
      .percent("accuracy"), .percent("ci95_low"), .percent("ci95_high"),
    ])
    for attack in surface.attacks {
      for model in surface.models {
        for defense in surface.defenses {
          let curves =
            [("0 %", surface.cleanCells(model: model).map(\.cell))]
            + surface.levels.map { level in
              (
                level.description,
                surface.recoveryCells(attack, level, defense: defense, model: model).map(\.cell)
              )
            }
          for (level, cells) in curves {
            for cell in cells {
              guard let accuracy = surface.accuracy(cell) else { continue }
              table.append([
                .text(attack), .text(level), .text(defense), .text(surface.cells[cell].modelName),
                .count(surface.cells[cell].rows.count), .number(accuracy.value),
                .number(accuracy.interval.lower), .number(accuracy.interval.upper),
              ])
            }
          }
        }
      }
    }
    return table
  }
}
