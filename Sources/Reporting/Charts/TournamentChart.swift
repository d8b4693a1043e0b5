import Models
import Poisoning
import Statistics
import Sweeps

/// What each attack costs: one panel a model, attacks ranked from top to bottom, the paired drop in
/// accuracy with its interval to the right, levels by colour and shape.
///
/// A Vega-Lite specification with its data inside, as `AccuracyChart`.
struct TournamentChart {
  private struct Point: Encodable {
    let attack: String
    let level: String
    let model: String
    let drop: Double
    let lower: Double
    let upper: Double
  }

  /// The specification, as JSON.
  let specification: String

  /// The chart of the cells of attacks on all rows, without controls and clean cells.
  init(_ cells: [CellSummary], title: String) {
    let points = cells.map { cell in
      let (drop, interval) = (cell.accuracyDrop, cell.accuracyDrop.interval())
      return Point(
        attack: cell.attackName, level: cell.level.description, model: cell.modelName,
        drop: drop.mean, lower: interval?.lower ?? drop.mean, upper: interval?.upper ?? drop.mean)
    }
    let distinct = { (names: [String]) in
      names.reduce(into: [String]()) { if !$0.contains($1) { $0.append($1) } }
    }
    let levels = Set(cells.map(\.level)).sorted().map(\.description)
    // Colours that people with any colour vision can tell apart: Okabe and Ito (2008).
    specification = """
      {
        "$schema": "https://vega.github.io/schema/vega-lite/v5.json",
        "title": \(JSONText.literal(title)),
        "data": { "values": \(JSONText.of(points)) },
        "facet": {
          "column": {
            "field": "model", "title": null, "sort": \(JSONText.of(distinct(points.map(\.model))))
          }
        },
        "spec": {
          "width": 190,
          "height": { "step": 17 },
          "encoding": {
            "y": {
              "field": "attack", "type": "nominal", "title": null,
              "sort": \(JSONText.of(Self.ranking(cells))), "axis": { "grid": true }
            },
            "color": {
              "field": "level", "title": "poisoned share", "scale": {
                "domain": \(JSONText.of(levels)),
                "range": ["#56B4E9", "#E69F00", "#D55E00", "#0072B2", "#009E73", "#CC79A7"]
              }
            },
            "shape": {
              "field": "level", "title": "poisoned share", "scale": {
                "domain": \(JSONText.of(levels)),
                "range": ["circle", "square", "diamond", "triangle-up", "cross", "triangle-down"]
              }
            }
          },
          "layer": [
            {
              "mark": { "type": "rule", "strokeWidth": 2 },
              "encoding": {
                "x": {
                  "field": "lower", "type": "quantitative",
                  "title": "accuracy lost, 95 % interval", "axis": { "format": ".0%" }
                },
                "x2": { "field": "upper" }
              }
            },
            {
              "mark": { "type": "point", "filled": true, "size": 40, "opacity": 1 },
              "encoding": { "x": { "field": "drop", "type": "quantitative" } }
            }
          ]
        }
      }

      """
  }

  /// The attacks by their mean drop over the models at the highest level they have, largest first.
  private static func ranking(_ cells: [CellSummary]) -> [String] {
    var means: [(name: String, drop: Double)] = []
    for cell in cells where !means.contains(where: { $0.name == cell.attackName }) {
      let own = cells.filter { $0.attackName == cell.attackName }
      let highest = own.map(\.level).max()
      let drops = own.filter { $0.level == highest }.map(\.accuracyDrop.mean)
      means.append((cell.attackName, drops.reduce(0, +) / Double(drops.count)))
    }
    return means.enumerated().sorted { a, b in
      a.element.drop == b.element.drop
        ? a.offset < b.offset : a.element.drop > b.element.drop
    }.map(\.element.name)
  }
}
