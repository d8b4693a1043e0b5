import Models
import Poisoning
import Statistics
import Sweeps

/// Accuracy against poison level, one line a model, with the interval of each mean.
///
/// A Vega-Lite specification with its data inside: any Vega editor shows it, and `Scripts/render`
/// makes an SVG of it.
public struct AccuracyChart: Sendable {
  private struct Point: Encodable {
    let level: Double
    let model: String
    let accuracy: Double
    let lower: Double
    let upper: Double
  }

  /// The specification, as JSON.
  public let specification: String

  /// The chart of the cells of one attack and of no attack, for a data set of this name.
  init(_ cells: [CellSummary], title: String) {
    let points = cells.map { cell in
      let interval = cell.accuracy.interval()
      return Point(
        level: cell.level.share, model: cell.modelName, accuracy: cell.accuracy.mean,
        lower: interval?.lower ?? cell.accuracy.mean, upper: interval?.upper ?? cell.accuracy.mean)
    }
    let models = points.reduce(into: [String]()) { names, point in
      if !names.contains(point.model) { names.append(point.model) }
    }
    // Colours that people with any colour vision can tell apart: Okabe and Ito (2008).
    specification = """
      {
        "$schema": "https://vega.github.io/schema/vega-lite/v5.json",
        "title": \(JSONText.literal(title)),
        "width": 460,
        "height": 280,
        "data": { "values": \(JSONText.of(points)) },
        "encoding": {
          "x": {
            "field": "level", "type": "quantitative", "title": "poisoned share of the training rows",
            "axis": { "format": ".0%" }
          },
          "shape": {
            "field": "model", "title": "model", "scale": { "domain": \(JSONText.of(models)) }
          },
          "color": {
            "field": "model", "title": "model", "scale": {
              "domain": \(JSONText.of(models)),
              "range": ["#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9"]
            }
          }
        },
        "layer": [
          {
            "mark": { "type": "rule", "strokeWidth": 2 },
            "encoding": {
              "y": {
                "field": "lower", "type": "quantitative", "scale": { "zero": false },
                "title": "accuracy on clean rows, 95 % interval of the mean",
                "axis": { "format": ".0%" }
              },
              "y2": { "field": "upper" }
            }
          },
          {
            "mark": { "type": "line", "point": { "size": 60 } },
            "encoding": { "y": { "field": "accuracy", "type": "quantitative" } }
          }
        ]
      }

      """
  }
}
