import Analyses
import Foundation
import Poisoning
import Statistics
import Sweeps

extension Figure {
  /// Accuracy over rows and poisoned share, with lines of equal accuracy; nil without two sizes and levels.
  static func heatMap(_ surface: AccuracySurface) -> Figure? {
    var fields = Table([
      .text("attack"), .text("model"), .count("rows"), .percent("level"), .percent("accuracy"),
      .number("low_rows"), .number("high_rows"), .percent("low_level"), .percent("high_level"),
    ])
    var contours = Table([
      .text("attack"), .text("model"), .count("size"), .percent("level"), .number("rows"),
    ])
    for attack in surface.attacks {
      for model in surface.models { append(surface, attack, model, to: &fields, &contours) }
    }
    guard !fields.isEmpty else { return nil }
    let (attack, model) = (surface.attacks.last ?? "", surface.models.first ?? "")
    let isShown = { (row: [Table.Value]) in row[0] == .text(attack) && row[1] == .text(model) }
    // The upper half of the colours is light.
    let accuracies = fields.rows.compactMap { row -> Double? in
      if case .number(let accuracy) = row[4].content { accuracy } else { nil }
    }
    let middle = ((accuracies.min() ?? 0) + (accuracies.max() ?? 1)) / 2
    let view = { (fields: Table, contours: Table, filter: String?, width: Chart.Literal) in
      heatMap(fields, contours, light: middle, where: filter, width)
    }
    return Figure(
      "heatmap",
      "Accuracy over the number of rows and the share of them that is poisoned (picture: "
        + "\(attack), \(model)). Dashed lines join equal accuracy, that of a size without poison: "
        + "how many rows in all, poisoned alike, are as good.",
      fields.keeping(["attack", "model", "rows", "level", "accuracy"]),
      Chart(nil, view(fields.filtered(isShown), contours.filtered(isShown), nil, 520)),
      interactive: Chart(
        nil,
        view(
          fields, contours, "datum.attack == attackMap && datum.model == modelMap", "container"),
        choices: [
          Chart.Choice("attackMap", "attack", surface.attacks, chosen: attack),
          Chart.Choice("modelMap", "model", surface.models, chosen: model),
        ]))
  }

  private static func heatMap(
    _ fields: Table, _ contours: Table, light: Double, where filter: String?, _ width: Chart.Literal
  ) -> Chart.View {
    let rows = { (field: String) in
      Chart.Channel.number(
        field, "training rows, poisoned ones among them", axis: Chart.Theme.sizes,
        scale: Chart.Theme.ratios)
    }
    let level = { (field: String) in
      Chart.Channel.number(
        field, "poisoned share", axis: Chart.Theme.percent,
        scale: Chart.Channel.Scale(type: "symlog", constant: 0.05, nice: false))
    }
    let color = Chart.Channel.number(
      "accuracy", "accuracy", legend: Chart.Theme.percent,
      scale: Chart.Channel.Scale(scheme: "viridis"))
    return Chart.View(
      [
        Chart.View(
          .field,
          [
            .x: rows("low_rows"), .x2: .end("high_rows"), .y: level("low_level"),
            .y2: .end("high_level"), .color: color,
          ]),
        Chart.View(
          Chart.Mark(type: .line, color: "black", strokeDash: [5, 2], strokeWidth: 2),
          [.x: rows("rows"), .y: level("level"), .order: .number("level"), .detail: .word("size")],
          data: contours, where: filter),
        Chart.View(
          .text(size: 10),
          [
            .x: rows("rows"), .y: level("level"), .text: .number("accuracy", format: ".1%"),
            .color: .constant("white", "black", where: "datum.accuracy > \(light)"),
          ]),
      ], data: fields, where: filter, width: width, height: 290)
  }

  /// Adds the accuracies of an attack and a model at all sizes that every level has, and for each size the
  /// rows that are as good as it is without poison, level by level.
  private static func append(
    _ surface: AccuracySurface, _ attack: String, _ model: String, to fields: inout Table,
    _ contours: inout Table
  ) {
    let levels = [PoisonLevel.clean] + surface.levels
    let paths = levels.map { level in
      level == .clean
        ? surface.cleanCells(model: model) : surface.replaceCells(attack, level, model: model)
    }
    let sizes = paths.map { Set($0.map(\.size)) }.reduce(Set(paths[0].map(\.size))) {
      $0.intersection($1)
    }.sorted()
    guard sizes.count > 1, levels.count > 1 else { return }
    let names = [Table.Value.text(attack), .text(model)]
    for (place, path) in zip(levels.indices, paths) {
      let shares = edges(levels.map(\.share), at: place)
      for (size, cell) in path {
        guard let index = sizes.firstIndex(of: size) else { continue }
        let ends = edges(sizes.map { log(Double($0)) }, at: index)
        fields.append(
          names + [
            .count(size), .number(levels[place].share), .number(surface.means[cell]),
            .number(exp(ends.lower)), .number(exp(ends.upper)), .number(shares.lower),
            .number(shares.upper),
          ])
      }
    }
    for size in sizes {
      guard let cell = surface.cleanCell(size, model: model) else { continue }
      for (level, path) in zip(levels, paths) {
        let kept = path.filter { sizes.contains($0.size) }
          .map { (rows: Double($0.size), accuracy: surface.means[$0.cell]) }
        let reached = Self.rows(reaching: surface.means[cell], on: kept)
        guard let rows = level == .clean ? Double(size) : reached else { continue }
        contours.append(names + [.count(size), .number(level.share), .number(rows)])
      }
    }
  }

  /// The rows at which a path first reaches an accuracy, between two sizes as the logarithm of rows goes.
  private static func rows(
    reaching accuracy: Double, on path: [(rows: Double, accuracy: Double)]
  ) -> Double? {
    for (a, b) in zip(path, path.dropFirst())
    where a.accuracy < accuracy && b.accuracy >= accuracy {
      let share = (accuracy - a.accuracy) / (b.accuracy - a.accuracy)
      return exp(log(a.rows) + share * (log(b.rows) - log(a.rows)))
    }
    return nil
  }

  /// Half way to the neighbours of a value, and as far beyond the ends.
  private static func edges(_ values: [Double], at index: Int) -> Interval {
    let last = values.count - 1
    let before = index > 0 ? values[index] - values[index - 1] : values[1] - values[0]
    let after = index < last ? values[index + 1] - values[index] : values[last] - values[last - 1]
    return Interval(from: values[index] - before / 2, to: values[index] + after / 2)
  }
}
