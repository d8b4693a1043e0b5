public import Models
import Poisoning
public import Sweeps

/// Confusion matrices as a picture: rows are true classes, columns predicted ones, and a field shows
/// the share of its true class.
///
/// A Vega-Lite specification with its data inside, as `AccuracyChart`.
public struct ConfusionChart: Sendable {
  private struct Field: Encodable {
    let level: String
    let model: String
    let truth: String
    let predicted: String
    let count: Int
    let share: Double
  }

  /// The specification, as JSON.
  public let specification: String

  /// The matrix of one fit or cell, with K class names.
  public init(_ confusion: ConfusionMatrix, classNames: [String], title: String) {
    let fields = Self.fields(confusion, classNames, level: "", model: "")
    let size = max(60, min(90, 640 / classNames.count))
    specification = """
      {
        "$schema": "https://vega.github.io/schema/vega-lite/v5.json",
        "title": \(JSONText.literal(title)),
        "width": \(size * classNames.count),
        "height": \(size * 2 / 3 * classNames.count),
        "data": { "values": \(JSONText.of(fields)) },
        \(Self.matrix(classNames, fontSize: classNames.count > 12 ? 9 : 13))
      }

      """
  }

  /// The matrices of cells of one attack and of no attack, one row a level, one column a model.
  public init(_ cells: [CellSummary], classNames: [String], title: String) {
    let fields = cells.flatMap { cell in
      Self.fields(
        cell.confusion, classNames, level: cell.level.description, model: cell.modelName)
    }
    let distinct = { (names: [String]) in
      names.reduce(into: [String]()) { if !$0.contains($1) { $0.append($1) } }
    }
    let size = max(16, min(44, 400 / classNames.count))
    specification = """
      {
        "$schema": "https://vega.github.io/schema/vega-lite/v5.json",
        "title": \(JSONText.literal(title)),
        "data": { "values": \(JSONText.of(fields)) },
        "facet": {
          "row": {
            "field": "level", "title": "poisoned share of the training rows",
            "sort": \(JSONText.of(distinct(fields.map(\.level))))
          },
          "column": {
            "field": "model", "title": null, "sort": \(JSONText.of(distinct(fields.map(\.model))))
          }
        },
        "spec": {
          "width": \(size * classNames.count),
          "height": \(size * 3 / 4 * classNames.count),
          \(Self.matrix(classNames, fontSize: classNames.count > 6 ? 7 : 11))
        }
      }

      """
  }

  private static func fields(
    _ confusion: ConfusionMatrix, _ names: [String], level: String, model: String
  ) -> [Field] {
    names.indices.flatMap { truth in
      let total = names.indices.reduce(0) { $0 + confusion[truth, $1] }
      return names.indices.map { predicted in
        let count = confusion[truth, predicted]
        return Field(
          level: level, model: model, truth: names[truth], predicted: names[predicted],
          count: count, share: Double(count) / Double(max(total, 1)))
      }
    }
  }

  /// The layers of a matrix.
  ///
  /// One hue from light to dark, which all colour vision tells apart, and the number in each field.
  private static func matrix(_ names: [String], fontSize: Int) -> String {
    let order = JSONText.of(names)
    return """
      "encoding": {
            "x": {
              "field": "predicted", "type": "nominal", "title": "predicted", "sort": \(order),
              "axis": { "labelAngle": -35 }
            },
            "y": { "field": "truth", "type": "nominal", "title": "true class", "sort": \(order) }
          },
          "layer": [
            {
              "mark": { "type": "rect", "stroke": "white" },
              "encoding": {
                "color": {
                  "field": "share", "type": "quantitative", "title": "share of the true class",
                  "scale": { "scheme": "blues", "domain": [0, 1] }, "legend": { "format": ".0%" }
                }
              }
            },
            {
              "mark": { "type": "text", "fontSize": \(fontSize) },
              "encoding": {
                "text": { "field": "share", "type": "quantitative", "format": ".1%" },
                "color": {
                  "condition": { "test": "datum.share > 0.5", "value": "white" }, "value": "black"
                }
              }
            }
          ]
      """
  }
}
