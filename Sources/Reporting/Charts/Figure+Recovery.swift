import Analyses
import Poisoning
import Statistics
import Sweeps

extension Figure {
  /// The clean rows that give accuracy back, by level, attack and model, with intervals; nil for none.
  static func recovery(_ surface: AccuracySurface, _ answers: [PoisonAnswer]) -> Figure? {
    var table = Table([
      .text("attack"), .text("level"), .text("defense"), .text("model"),
      .percent("recovery_factor"), .percent("ci95_low"), .percent("ci95_high"), .text("outcome"),
    ])
    for answer in answers {
      guard let factor = answer.factor() else { continue }
      let cut = { (value: Double) in Table.Value.number(value.isFinite ? value : answer.reach) }
      table.append([
        .text(answer.attack), .text(answer.level.description), .text(answer.defense),
        .text(answer.model), cut(factor.value), cut(factor.interval.lower),
        cut(factor.interval.upper),
        .text(factor.value.isFinite ? "reached" : "beyond the largest size"),
      ])
    }
    guard !table.isEmpty else { return nil }
    let rows = { (field: String) in
      Chart.Channel.number(
        field, "clean rows to add, as a share of the rows there are",
        axis: Chart.Channel.Guide(format: "+.0%", values: [0, 0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 50]),
        scale: Chart.Channel.Scale(type: "symlog", constant: 0.1))
    }
    let beyond = Chart.Mark(type: .text, text: "▶", dx: 12)
    let models = surface.models
    let series = Chart.Series(models)
    let layers = [
      Chart.View(.interval, [.x: rows("ci95_low"), .x2: .end("ci95_high")]),
      Chart.View(
        .point(size: 60),
        [.x: rows("recovery_factor"), .shape: series.shape("model", "model")]),
      Chart.View(beyond, [.x: rows("recovery_factor")], where: "datum.outcome != 'reached'"),
    ]
    let chart = { (table: Table, width: Int, filter: String?, choices: [Chart.Choice]) in
      Chart(
        nil,
        Chart.View(
          layers,
          [
            .y: .word("level", "poisoned", surface.levels.map(\.description)),
            .yOffset: .word("model", "", models),
            .color: series.color("model", "model"),
          ], data: table, where: filter, width: .number(Double(width)), height: .step(16)),
        facet: Chart.Facet(row: .rows("attack", .none, surface.attacks)), choices: choices)
    }
    return Figure(
      "recovery",
      "The recovery factor with its 95 % interval: clean rows to add until accuracy is that of "
        + "\(Numbers.grouped(surface.base)) rows without poison. ▶: not reached at the largest size.",
      table, chart(table.filtered { $0[2] == "none" }, 520, nil, []),
      interactive: chart(
        table, 460, "datum.defense == defenceFactor",
        [Chart.Choice("defenceFactor", "defence", surface.defenses, chosen: "none")]))
  }
}
