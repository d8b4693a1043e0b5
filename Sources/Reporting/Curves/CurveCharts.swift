import Datasets
import Foundation
import Poisoning
import Statistics
import Sweeps

/// The charts of quantity against quality.
struct CurveCharts {
  private struct Point: Encodable {
    let attack: String
    let model: String
    let defense: String
    let level: String
    let rows: Int
    let accuracy: Double
    let lower: Double
    let upper: Double
  }

  private struct Field: Encodable {
    let attack: String
    let model: String
    let rows: Int
    let level: Double
    let lowRows: Double
    let highRows: Double
    let lowLevel: Double
    let highLevel: Double
    let accuracy: Double
    let text: String
    /// The colour that can be read on the field.
    var ink = "white"
  }

  private struct Contour: Encodable {
    let attack: String
    let model: String
    let accuracy: String
    /// The size without poison that it belongs to.
    let size: Int
    let level: Double
    let rows: Double
  }

  private struct Factor: Encodable {
    let attack: String
    let model: String
    let defense: String
    let level: String
    let factor: Double
    let lower: Double
    let upper: Double
    let reached: String
  }

  private let surface: AccuracySurface
  private let answers: [PoisonAnswer]
  private let ceiling: Double?

  /// Charts of a surface; `ceiling` is the accuracy of the best of all classifiers, where it is known.
  init(_ surface: AccuracySurface, _ answers: [PoisonAnswer], ceiling: Double?) {
    (self.surface, self.answers, self.ceiling) = (surface, answers, ceiling)
  }

  /// The charts that the study has data for.
  var figures: [ReportFigure] { [curves, heatMap, factors].compactMap { $0 } }

  // Colours that people with any colour vision can tell apart: Okabe and Ito (2008).
  private static let colors =
    "[\"#0072B2\", \"#D55E00\", \"#009E73\", \"#CC79A7\", \"#E69F00\", \"#56B4E9\", \"#999999\"]"
  private static let dashes = "[[1,0], [6,3], [2,2], [8,2,2,2], [4,1], [1,3], [10,4]]"
  private static let shapes =
    "[\"circle\", \"square\", \"diamond\", \"triangle-up\", \"cross\", \"triangle-down\", \"stroke\"]"

  /// Numbers of rows at axes.
  private static let ticks =
    "[10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10000, 20000, 50000, 100000]"

  private func options(_ name: String, _ values: [String]) -> String {
    """
    { "name": "\(name)Choice", "value": \(JSONText.literal(values.first ?? "")),
      "bind": { "input": "select", "name": "\(name) ", "options": \(JSONText.of(values)) } }
    """
  }

  private func row(_ cell: Int, _ attack: String, _ defense: String, _ level: String) -> Point? {
    surface.accuracy(cell).map { accuracy in
      Point(
        attack: attack, model: surface.cells[cell].modelName, defense: defense, level: level,
        rows: surface.cells[cell].rows.count, accuracy: accuracy.value,
        lower: accuracy.interval.lower, upper: accuracy.interval.upper)
    }
  }

  /// Accuracy over all rows, clean ones being added to a base of which a level is poisoned.
  private var curves: ReportFigure? {
    var points: [Point] = []
    for attack in surface.attacks {
      for model in surface.models {
        for defense in surface.defenses {
          points += surface.cleanCells(model: model).compactMap {
            row($0.cell, attack, defense, "0 %")
          }
          for level in surface.levels {
            points += surface.recoveryCells(attack, level, defense: defense, model: model)
              .compactMap { row($0.cell, attack, defense, level.description) }
          }
        }
      }
    }
    guard !points.isEmpty else { return nil }
    let levels = ["0 %"] + surface.levels.map(\.description)
    let rule =
      ceiling.map {
        """
        , { "data": { "values": [{ "ceiling": \($0) }] },
            "mark": { "type": "rule", "strokeDash": [3, 3], "color": "#777", "tooltip": true },
            "encoding": { "y": { "field": "ceiling", "type": "quantitative" } } }
        """
      } ?? ""
    let axes = """
      "x": { "field": "rows", "type": "quantitative", "scale": { "type": "log", "nice": false },
        "title": "training rows, clean ones added to \(surface.base)",
        "axis": { "values": \(Self.ticks) } },
      "color": { "field": "level", "title": "poisoned",
        "scale": { "domain": \(JSONText.of(levels)), "range": \(Self.colors) } }
      """
    let layers = { (filter: String) in
      """
      "layer": [
        { \(filter) "mark": { "type": "area", "fillOpacity": 0.2 },
          "encoding": {
            \(axes),
            "y": { "field": "lower", "type": "quantitative" }, "y2": { "field": "upper" } } },
        { \(filter)
          "mark": { "type": "line", "point": { "size": 45, "filled": true }, "tooltip": true },
          "encoding": {
            \(axes),
            "y": { "field": "accuracy", "type": "quantitative", "scale": { "zero": false },
              "axis": { "format": ".0%" }, "title": "accuracy on clean rows" },
            "shape": { "field": "level", "title": "poisoned",
              "scale": { "domain": \(JSONText.of(levels)), "range": \(Self.shapes) } },
            "strokeDash": { "field": "level", "title": "poisoned",
              "scale": { "domain": \(JSONText.of(levels)), "range": \(Self.dashes) } } } }
        \(rule)
      ]
      """
    }
    let data = "\"data\": { \"name\": \"curves\", \"values\": \(JSONText.of(points)) }"
    let filter = """
      "transform": [{ "filter":
        "datum.attack == attackChoice && datum.model == modelChoice && datum.defense == defenceChoice"
      }],
      """
    let shown = points.filter { $0.defense == "none" }
    return ReportFigure(
      name: "curves",
      caption:
        "Accuracy with 95 % bands over the number of rows: without poison, and with clean rows added "
        + "to \(surface.base) rows of which a share is poisoned."
        + (ceiling.map { " Dotted: the best of all classifiers, \(Numbers.percent($0)) %." } ?? ""),
      interactive: """
        { "$schema": "https://vega.github.io/schema/vega-lite/v5.json",
          "width": "container", "height": 340, \(data),
          "params": [\(options("attack", surface.attacks)), \(options("model", surface.models)),
            \(options("defence", surface.defenses))],
          \(layers(filter)) }
        """,
      still: """
        { "$schema": "https://vega.github.io/schema/vega-lite/v5.json",
          "data": { "values": \(JSONText.of(shown)) },
          "facet": { "column": { "field": "model", "title": null, "sort": \(JSONText.of(surface.models)) },
            "row": { "field": "attack", "title": null, "sort": \(JSONText.of(surface.attacks)) } },
          "spec": { "width": 230, "height": 190, \(layers("")) },
          "resolve": { "scale": { "y": "independent" } } }
        """,
      csv: csv(
        ["attack", "level", "defense", "model", "rows", "accuracy", "ci95_low", "ci95_high"],
        points.map {
          [
            $0.attack, $0.level, $0.defense, $0.model, "\($0.rows)", CSVWriter.field($0.accuracy),
            CSVWriter.field($0.lower), CSVWriter.field($0.upper),
          ]
        }))
  }

  /// Accuracy over rows and poisoned share, with lines of equal accuracy.
  private var heatMap: ReportFigure? {
    var (fields, contours): ([Field], [Contour]) = ([], [])
    for attack in surface.attacks {
      for model in surface.models {
        // Sizes that every level has.
        let levels = [PoisonLevel.clean] + surface.levels
        let paths = levels.map { level in
          level == .clean
            ? surface.cleanCells(model: model)
            : surface.replaceCells(attack, level, model: model)
        }
        let sizes = paths.dropFirst().map { Set($0.map(\.size)) }
          .reduce(Set(paths[0].map(\.size))) { $0.intersection($1) }.sorted()
        guard sizes.count > 1, levels.count > 1 else { continue }
        for (place, path) in zip(levels.indices, paths) {
          for (size, cell) in path where sizes.contains(size) {
            let index = sizes.firstIndex(of: size) ?? 0
            let edges = Self.edges(sizes.map { log(Double($0)) }, at: index)
            let shares = Self.edges(levels.map(\.share), at: place)
            fields.append(
              Field(
                attack: attack, model: model, rows: size, level: levels[place].share,
                lowRows: exp(edges.0), highRows: exp(edges.1), lowLevel: shares.0,
                highLevel: shares.1, accuracy: surface.means[cell],
                text: Numbers.percent(surface.means[cell], 1)))
          }
        }
        for size in sizes {
          guard let cell = surface.cleanCell(size, model: model) else { continue }
          let accuracy = surface.means[cell]
          for (level, path) in zip(levels, paths) {
            let kept = path.filter { sizes.contains($0.size) }
            for (a, b) in zip(kept, kept.dropFirst()) {
              let (low, high) = (surface.means[a.cell], surface.means[b.cell])
              guard low < accuracy, high >= accuracy else { continue }
              let share = (accuracy - low) / (high - low)
              contours.append(
                Contour(
                  attack: attack, model: model, accuracy: "\(Numbers.percent(accuracy, 1)) %",
                  size: size,
                  level: level.share,
                  rows: exp(
                    log(Double(a.size)) + share * (log(Double(b.size)) - log(Double(a.size))))))
              break
            }
          }
        }
      }
    }
    guard let least = fields.map(\.accuracy).min(), let most = fields.map(\.accuracy).max() else {
      return nil
    }
    // The upper half of the colours is light.
    for index in fields.indices where 2 * fields[index].accuracy > least + most {
      fields[index].ink = "black"
    }
    let layers = { (filter: String, lines: String) in
      """
      "layer": [
        { \(filter) "mark": { "type": "rect", "stroke": "white", "tooltip": true },
          "encoding": {
            "x": { "field": "low_rows", "type": "quantitative",
              "scale": { "type": "log", "nice": false },
              "axis": { "values": \(Self.ticks) },
              "title": "training rows, poisoned ones among them" },
            "x2": { "field": "high_rows" },
            "y": { "field": "low_level", "type": "quantitative", "axis": { "format": ".0%" },
              "title": "poisoned share",
              "scale": { "type": "symlog", "constant": 0.05, "nice": false } },
            "y2": { "field": "high_level" },
            "color": { "field": "accuracy", "type": "quantitative", "title": "accuracy",
              "scale": { "scheme": "viridis" }, "legend": { "format": ".0%" } } } },
        { \(lines)
          "mark": { "type": "line", "color": "black", "strokeWidth": 2, "strokeDash": [5, 2] },
          "encoding": {
            "x": { "field": "rows", "type": "quantitative" },
            "y": { "field": "level", "type": "quantitative" },
            "order": { "field": "level" }, "detail": { "field": "size" } } },
        { \(filter) "mark": { "type": "text", "fontSize": 10 },
          "encoding": {
            "x": { "field": "rows", "type": "quantitative" },
            "y": { "field": "level", "type": "quantitative" },
            "text": { "field": "text" },
            "color": { "field": "ink", "type": "nominal", "scale": null } } }
      ]
      """
    }
    let choice = "datum.attack == attackMap && datum.model == modelMap"
    let own = "\"transform\": [{ \"filter\": \"\(choice)\" }],"
    let other =
      "\"data\": { \"name\": \"contours\", \"values\": \(JSONText.of(contours)) }, \(own)"
    let first = (surface.attacks.last ?? "", surface.models.first ?? "")
    let still = fields.filter { $0.attack == first.0 && $0.model == first.1 }
    let stillLines = contours.filter { $0.attack == first.0 && $0.model == first.1 }
    let selects = { (name: String, values: [String], value: String) in
      """
      { "name": "\(name)Map", "value": \(JSONText.literal(value)),
        "bind": { "input": "select", "name": "\(name) ", "options": \(JSONText.of(values)) } }
      """
    }
    return ReportFigure(
      name: "heatmap",
      caption: "Accuracy over the number of rows and the share of them that is poisoned (picture: "
        + "\(first.0), \(first.1)). Dashed lines join equal accuracy, that of a size without poison: "
        + "how many rows in all, poisoned alike, are as good.",
      interactive: """
        { "$schema": "https://vega.github.io/schema/vega-lite/v5.json",
          "width": "container", "height": 300,
          "data": { "name": "fields", "values": \(JSONText.of(fields)) },
          "params": [\(selects("attack", surface.attacks, first.0)),
            \(selects("model", surface.models, first.1))],
          \(layers(own, other)) }
        """,
      still: """
        { "$schema": "https://vega.github.io/schema/vega-lite/v5.json",
          "width": 520, "height": 280, "data": { "values": \(JSONText.of(still)) },
          \(layers("", "\"data\": { \"values\": \(JSONText.of(stillLines)) },")) }
        """,
      csv: csv(
        ["attack", "model", "rows", "level", "accuracy"],
        fields.map {
          [
            $0.attack, $0.model, "\($0.rows)", CSVWriter.field($0.level),
            CSVWriter.field($0.accuracy),
          ]
        }))
  }

  /// Half way to the neighbours of a value, and as far beyond the ends.
  private static func edges(_ values: [Double], at index: Int) -> (Double, Double) {
    let last = values.count - 1
    let before = index > 0 ? values[index] - values[index - 1] : values[1] - values[0]
    let after = index < last ? values[index + 1] - values[index] : values[last] - values[last - 1]
    return (values[index] - before / 2, values[index] + after / 2)
  }

  /// R by level, attack and model, with intervals.
  private var factors: ReportFigure? {
    let factors = answers.compactMap { answer in
      answer.factor().map { factor in
        let cut = { (value: Double) in value.isFinite ? value : answer.reach }
        return Factor(
          attack: answer.attack, model: answer.model, defense: answer.defense,
          level: answer.level.description, factor: cut(factor.value),
          lower: cut(factor.interval.lower), upper: cut(factor.interval.upper),
          reached: factor.value.isFinite ? "reached" : "beyond the largest size")
      }
    }
    guard !factors.isEmpty else { return nil }
    let layers = """
      "encoding": {
        "y": { "field": "level", "type": "nominal", "title": "poisoned",
          "sort": \(JSONText.of(surface.levels.map(\.description))) },
        "yOffset": { "field": "model", "sort": \(JSONText.of(surface.models)) },
        "color": { "field": "model", "title": "model",
          "scale": { "domain": \(JSONText.of(surface.models)), "range": \(Self.colors) } }
      },
      "layer": [
        { "mark": { "type": "rule", "strokeWidth": 2 },
          "encoding": {
            "x": { "field": "lower", "type": "quantitative", "axis": { "format": "+.0%" },
              "scale": { "type": "symlog", "constant": 0.1 },
              "title": "clean rows to add, as a share of the rows there are" },
            "x2": { "field": "upper" } } },
        { "mark": { "type": "point", "filled": true, "size": 60, "opacity": 1, "tooltip": true },
          "encoding": { "x": { "field": "factor", "type": "quantitative" },
            "shape": { "field": "model", "title": "model",
              "scale": { "domain": \(JSONText.of(surface.models)), "range": \(Self.shapes) } } } },
        { "transform": [{ "filter": "datum.reached != 'reached'" }],
          "mark": { "type": "text", "text": "▶", "dx": 12 },
          "encoding": { "x": { "field": "factor", "type": "quantitative" } } }
      ]
      """
    let facet = """
      "facet": { "row": { "field": "attack", "title": null, "sort": \(JSONText.of(surface.attacks)) } }
      """
    let shown = factors.filter { $0.defense == "none" }
    return ReportFigure(
      name: "recovery",
      caption:
        "The recovery factor with its 95 % interval: clean rows to add until accuracy is that of "
        + "\(Numbers.grouped(surface.base)) rows without poison. ▶: not reached at the largest size.",
      interactive: """
        { "$schema": "https://vega.github.io/schema/vega-lite/v5.json",
          "data": { "name": "factors", "values": \(JSONText.of(factors)) },
          "params": [{ "name": "defenceFactor", "value": "none", "bind": { "input": "select",
            "name": "defence ", "options": \(JSONText.of(surface.defenses)) } }],
          "transform": [{ "filter": "datum.defense == defenceFactor" }],
          \(facet), "spec": { "width": 460, "height": { "step": 16 }, \(layers) } }
        """,
      still: """
        { "$schema": "https://vega.github.io/schema/vega-lite/v5.json",
          "data": { "values": \(JSONText.of(shown)) },
          \(facet), "spec": { "width": 520, "height": { "step": 16 }, \(layers) } }
        """,
      csv: csv(
        [
          "attack", "level", "defense", "model", "recovery_factor", "ci95_low", "ci95_high",
          "outcome",
        ],
        factors.map {
          [
            $0.attack, $0.level, $0.defense, $0.model, CSVWriter.field($0.factor),
            CSVWriter.field($0.lower), CSVWriter.field($0.upper), $0.reached,
          ]
        }))
  }

  private func csv(_ header: [String], _ rows: [[String]]) -> String {
    var writer = CSVWriter(header: header)
    for row in rows { writer.append(row) }
    return writer.text
  }
}
