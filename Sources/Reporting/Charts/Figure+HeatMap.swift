import Foundation
import Poisoning
package import Statistics
import Sweeps

extension Figure {
  /// Accuracy over rows and poisoned share, with lines of equal accuracy; nil without two sizes and levels.
  static func heatMap(_ surface: AccuracySurface) -> Figure? {
    let maps = surface.attacks.flatMap { attack in
      surface.models.compactMap { HeatMap(surface, attack, $0) }
    }
    let accuracies = maps.flatMap(\.fields).map(\.accuracy)
    guard let least = accuracies.min(), let most = accuracies.max() else { return nil }
    var fields = Table([
      .text("attack"), .text("model"), .count("rows"), .percent("level"), .percent("accuracy"),
      .number("low_rows"), .number("high_rows"), .percent("low_level"), .percent("high_level"),
      .text("text"), .text("ink"),
    ])
    var contours = Table([
      .text("attack"), .text("model"), .percent("accuracy"), .count("size"), .percent("level"),
      .number("rows"),
    ])
    for map in maps {
      for field in map.fields {
        fields.append([
          .text(map.attack), .text(map.model), .count(field.rows), .number(field.level),
          .number(field.accuracy), .number(field.sizes.lower), .number(field.sizes.upper),
          .number(field.shares.lower), .number(field.shares.upper),
          .text(Numbers.percent(field.accuracy, 1)),
          // The upper half of the colours is light.
          .text(2 * field.accuracy > least + most ? "black" : "white"),
        ])
      }
      for point in map.contours {
        contours.append([
          .text(map.attack), .text(map.model), .number(point.accuracy), .count(point.size),
          .number(point.level), .number(point.rows),
        ])
      }
    }
    let (attack, model) = (surface.attacks.last ?? "", surface.models.first ?? "")
    let isShown = { (row: [Table.Value]) in row[0] == .text(attack) && row[1] == .text(model) }
    let choice = "datum.attack == attackMap && datum.model == modelMap"
    return Figure(
      "heatmap",
      "Accuracy over the number of rows and the share of them that is poisoned (picture: "
        + "\(attack), \(model)). Dashed lines join equal accuracy, that of a size without poison: "
        + "how many rows in all, poisoned alike, are as good.",
      fields.keeping(["attack", "model", "rows", "level", "accuracy"]),
      Chart(
        nil,
        heatMap(
          fields.filtered(isShown), contours.filtered(isShown), where: nil, 520,
          280)),
      interactive: Chart(
        nil, heatMap(fields, contours, where: choice, "container", 300),
        choices: [
          Chart.Choice("attackMap", "attack", surface.attacks, chosen: attack),
          Chart.Choice("modelMap", "model", surface.models, chosen: model),
        ]))
  }

  private static func heatMap(
    _ fields: Table, _ contours: Table, where filter: String?, _ width: Chart.Literal,
    _ height: Chart.Literal
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
    var color = Chart.Channel.number("accuracy", "accuracy")
    color.scale = Chart.Channel.Scale(scheme: "viridis")
    color.legend = Chart.Theme.percent
    var dashed = Chart.Mark.dashed([5, 2], color: "black")
    dashed.strokeWidth = 2
    return Chart.View(
      [
        Chart.View(
          .field,
          [
            .x: rows("low_rows"), .x2: .end("high_rows"), .y: level("low_level"),
            .y2: .end("high_level"), .color: color,
          ]),
        Chart.View(
          dashed,
          [.x: rows("rows"), .y: level("level"), .order: .number("level"), .detail: .word("size")],
          data: contours, where: filter),
        Chart.View(
          .text(size: 10),
          [
            .x: rows("rows"), .y: level("level"), .text: .end("text"),
            .color: .constant("white", "black", where: "datum.ink == 'black'"),
          ]),
      ], data: fields, where: filter, width: width, height: height)
  }
}

/// The accuracies of one attack and model at all sizes that every level has.
private struct HeatMap {
  struct Field {
    let rows: Int
    let level: Double
    let accuracy: Double
    let sizes: Interval
    let shares: Interval
  }

  /// A point of a line of equal accuracy, that of `size` rows without poison.
  struct Point {
    let accuracy: Double
    let size: Int
    let level: Double
    let rows: Double
  }

  let attack: String
  let model: String
  private(set) var fields: [Field] = []
  private(set) var contours: [Point] = []

  /// Nil without two sizes and two levels.
  init?(_ surface: AccuracySurface, _ attack: String, _ model: String) {
    (self.attack, self.model) = (attack, model)
    let levels = [PoisonLevel.clean] + surface.levels
    let paths = levels.map { level in
      level == .clean
        ? surface.cleanCells(model: model) : surface.replaceCells(attack, level, model: model)
    }
    let sizes = paths.dropFirst().map { Set($0.map(\.size)) }
      .reduce(Set(paths[0].map(\.size))) { $0.intersection($1) }.sorted()
    guard sizes.count > 1, levels.count > 1 else { return nil }
    for (place, path) in zip(levels.indices, paths) {
      let shares = Self.edges(levels.map(\.share), at: place)
      for (size, cell) in path {
        guard let index = sizes.firstIndex(of: size) else { continue }
        let edges = Self.edges(sizes.map { log(Double($0)) }, at: index)
        fields.append(
          Field(
            rows: size, level: levels[place].share, accuracy: surface.means[cell],
            sizes: Interval(from: exp(edges.lower), to: exp(edges.upper)), shares: shares))
      }
    }
    for size in sizes {
      guard let cell = surface.cleanCell(size, model: model) else { continue }
      for (level, path) in zip(levels, paths) {
        let kept = path.filter { sizes.contains($0.size) }
          .map { (rows: Double($0.size), accuracy: surface.means[$0.cell]) }
        let accuracy = surface.means[cell]
        let rows =
          level == .clean ? Double(size) : Self.rows(reaching: accuracy, on: kept)
        guard let rows else { continue }
        contours.append(Point(accuracy: accuracy, size: size, level: level.share, rows: rows))
      }
    }
  }

  /// The rows at which a path first reaches an accuracy, between two sizes as the logarithm of rows goes.
  private static func rows(
    reaching accuracy: Double, on path: [(rows: Double, accuracy: Double)]
  ) -> Double? {
    for (a, b) in zip(path, path.dropFirst()) where a.accuracy < accuracy && b.accuracy >= accuracy
    {
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
