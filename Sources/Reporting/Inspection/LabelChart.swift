import Inspection

/// How many labels are improbable, against how many would be by chance.
///
/// A Vega-Lite specification with its data inside, as `AccuracyChart`.
struct LabelChart {
  private struct Point: Encodable {
    let threshold: Double
    let observed: Double
    let expected: Double
    let lower: Double
    let upper: Double
  }

  /// The specification, as JSON.
  let specification: String

  init(_ labels: LabelEvidence, title: String) {
    let points = labels.curve.map { point in
      Point(
        threshold: point.threshold, observed: Double(point.observed), expected: point.expected,
        lower: max(0, point.expected - 4 * point.deviation),
        upper: point.expected + 4 * point.deviation + 1)
    }
    specification = """
      {
        "$schema": "https://vega.github.io/schema/vega-lite/v5.json",
        "title": \(JSONText.literal("\(title): labels that other rows contradict")),
        "data": { "values": \(JSONText.of(points)) },
        "width": 420,
        "height": 260,
        "encoding": {
          "x": {
            "field": "threshold", "type": "quantitative", "scale": { "type": "log" },
            "title": "probability of the label by models of the other rows, at most",
            "axis": { "format": ".1%" }
          }
        },
        "layer": [
          {
            "mark": { "type": "area", "color": "#999999", "opacity": 0.35 },
            "encoding": {
              "y": { "field": "lower", "type": "quantitative", "title": "rows" },
              "y2": { "field": "upper" }
            }
          },
          {
            "mark": { "type": "line", "color": "#666666", "strokeDash": [4, 3] },
            "encoding": { "y": { "field": "expected", "type": "quantitative" } }
          },
          {
            "mark": { "type": "line", "color": "#D55E00", "point": true },
            "encoding": { "y": { "field": "observed", "type": "quantitative" } }
          }
        ]
      }

      """
  }
}
