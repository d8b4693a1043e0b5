import Poisoning
import Statistics
import Sweeps

/// What defences give back: one panel a level, a line a defence, a column an attack; colour is the share of
/// the loss that comes back, the number points of accuracy.
///
/// A Vega-Lite specification with its data inside, as `AccuracyChart`.
struct MitigationChart {
  private struct Point: Encodable {
    let attack: String
    let level: String
    let defense: String
    /// Recovered share, cut to −1…1.
    let share: Double
    let text: String
    let verdict: String
  }

  /// The specification, as JSON.
  let specification: String

  init(_ rescues: [Rescue], title: String) {
    let points = rescues.map { rescue in
      let isClean = rescue.level == .clean
      let scale = isClean ? 0.1 : max(rescue.loss.mean, 0.02)
      return Point(
        attack: isClean ? "no attack" : rescue.attack,
        level: isClean ? "cost" : rescue.level.description, defense: rescue.defense,
        share: max(-1, min(1, rescue.gain.mean / scale)),
        text: (rescue.gain.mean > 0 ? "+" : "") + Numbers.percent(rescue.gain.mean, 1),
        verdict: rescue.verdict.rawValue)
    }
    let distinct = { (names: [String]) in
      names.reduce(into: [String]()) { if !$0.contains($1) { $0.append($1) } }
    }
    // Orange to blue through white: apart for people with any colour vision, and in grey the numbers stay.
    specification = """
      {
        "$schema": "https://vega.github.io/schema/vega-lite/v5.json",
        "title": \(JSONText.literal(title)),
        "data": { "values": \(JSONText.of(points)) },
        "facet": {
          "column": {
            "field": "level", "title": null, "sort": \(JSONText.of(distinct(points.map(\.level))))
          }
        },
        "resolve": { "scale": { "x": "independent" } },
        "spec": {
          "width": { "step": 58 },
          "height": { "step": 18 },
          "encoding": {
            "x": {
              "field": "attack", "type": "nominal", "title": null,
              "sort": \(JSONText.of(distinct(points.map(\.attack)))),
              "axis": { "orient": "top", "labelAngle": -30 }
            },
            "y": {
              "field": "defense", "type": "nominal", "title": null,
              "sort": \(JSONText.of(distinct(points.map(\.defense))))
            }
          },
          "layer": [
            {
              "mark": "rect",
              "encoding": {
                "color": {
                  "field": "share", "type": "quantitative", "title": "loss recovered",
                  "scale": { "domain": [-1, 0, 1], "range": ["#D55E00", "#F7F7F7", "#56B4E9"] },
                  "legend": { "format": ".0%" }
                }
              }
            },
            {
              "mark": { "type": "text", "fontSize": 9 },
              "encoding": {
                "text": { "field": "text" },
                "opacity": {
                  "condition": { "test": "datum.verdict == 'no effect'", "value": 0.45 }, "value": 1
                }
              }
            }
          ]
        }
      }

      """
  }
}
