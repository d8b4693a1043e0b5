import Analyses
import Foundation
import Poisoning
import Statistics
import Sweeps

extension Figure {
  /// Accuracy over rows and poisoned share, coloured by what poison takes from it, with lines of equal accuracy;
  /// nil without two sizes and levels.
  static func heatMap(_ surface: AccuracySurface) -> Figure? {
    var fields = Table([
      .text("attack"), .text("model"), .count("rows"), .percent("level"), .percent("accuracy"),
      .percent("loss"), .number("low_rows"), .number("high_rows"), .percent("low_level"),
      .percent("high_level"),
    ])
    var contours = Table([
      .text("attack"), .text("model"), .count("size"), .percent("level"), .number("rows"),
      .text("name"),
    ])
    for attack in surface.attacks {
      for model in surface.models { append(surface, attack, model, to: &fields, &contours) }
    }
    guard !fields.isEmpty else { return nil }
    let (attack, model) = (surface.attacks.last ?? "", surface.models.first ?? "")
    let isShown = { (row: [Table.Value]) in row[0] == .text(attack) && row[1] == .text(model) }
    let most = max(0.01, fields.rows.compactMap { $0[5].number?.magnitude }.max() ?? 0)
    let view = { (fields: Table, contours: Table, filter: String?, width: Chart.Literal) in
      heatMap(fields, contours, most: most, where: filter, width)
    }
    return Figure(
      "heatmap",
      "Accuracy over the number of rows and the share of them that is poisoned (picture: "
        + "\(attack), \(model)); colour is what poison takes from that of as many clean rows. Dashed lines join equal accuracy, that of a size without poison: "
        + "how many rows in all, poisoned alike, are as good as so many clean ones.",
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
    _ fields: Table, _ contours: Table, most: Double, where filter: String?, _ width: Chart.Literal
  ) -> Chart.View {
    let (levels, sizes) = (values("level", of: fields), values("rows", of: fields))
    let rows = { (field: String) in
      Chart.Channel.number(
        field, "training rows, poisoned ones among them",
        axis: Chart.Channel.Guide(format: ",", values: sizes, labelOverlap: "greedy", grid: false),
        scale: Chart.Theme.ratios)
    }
    let level = { (field: String) in
      Chart.Channel.number(
        field, "poisoned share, symlog scale",
        axis: Chart.Channel.Guide(format: ".6~%", values: levels, grid: false),
        scale: Chart.Channel.Scale(type: "symlog", constant: 0.05, nice: false))
    }
    let color = Chart.Channel.number(
      "loss", "accuracy lost", legend: Chart.Theme.percent,
      scale: Chart.Theme.loss.scale(-most, most))
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
          Chart.Mark(type: .text, fontWeight: "bold", fontSize: 9, dy: -7),
          [.x: rows("rows"), .y: level("level"), .text: .end("name")],
          data: contours,
          where: (filter.map { "\($0) && " } ?? "") + "isValid(datum.name)"),
        Chart.View(
          // Below the middle, where the lines begin.
          Chart.Mark(type: .text, fontSize: 10, dy: 12),
          [
            .x: rows("rows"), .y: level("level"), .text: .number("accuracy", format: ".1%"),
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
    let clean = Dictionary(
      surface.cleanCells(model: model).map { ($0.size, surface.means[$0.cell]) },
      uniquingKeysWith: { first, _ in first })
    let names = [Table.Value.text(attack), .text(model)]
    for (place, path) in zip(levels.indices, paths) {
      let shares = edges(levels.map(\.share), at: place)
      for (size, cell) in path {
        guard let index = sizes.firstIndex(of: size) else { continue }
        let ends = edges(sizes.map { log(Double($0)) }, at: index)
        fields.append(
          names + [
            .count(size), .number(levels[place].share), .number(surface.means[cell]),
            .number(clean[size].map { $0 - surface.means[cell] }),
            .number(exp(ends.lower)), .number(exp(ends.upper)), .number(shares.lower),
            .number(shares.upper),
          ])
      }
    }
    for size in sizes {
      guard let cell = surface.cleanCell(size, model: model) else { continue }
      var line: [(level: Double, rows: Double)] = []
      for (level, path) in zip(levels, paths) {
        let kept = path.filter { sizes.contains($0.size) }
          .map { (rows: Double($0.size), accuracy: surface.means[$0.cell]) }
        let reached = Self.rows(reaching: surface.means[cell], on: kept)
        guard let rows = level == .clean ? Double(size) : reached else { continue }
        line.append((level.share, rows))
      }
      guard line.count > 1 else { continue }
      for (index, point) in line.enumerated() {
        contours.append(
          names + [
            .count(size), .number(point.level), .number(point.rows),
            index == line.count - 1 ? .text("as \(Numbers.grouped(size)) clean") : .missing,
          ])
      }
    }
  }

  /// The numbers in a column, each once and ascending.
  private static func values(_ key: String, of table: Table) -> [Double] {
    let place = table.columns.firstIndex { $0.key == key }
    return Set(table.rows.compactMap { row in place.flatMap { row[$0].number } }).sorted()
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
