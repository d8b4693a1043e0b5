import Datasets
import Models
import Reporting
import Tracking

/// A confusion matrix as MLflow's users look for it: a table, CSV, a chart and its picture, and the
/// metrics of each class.
struct ConfusionFiles {
  /// The path of the table.
  static let table = "confusion_matrix.json"

  private let confusion: ConfusionMatrix
  private let names: [String]

  /// The chart, for a renderer.
  let chart: String

  /// The files of a matrix with K class names.
  init(_ confusion: ConfusionMatrix, classNames: [String], title: String) {
    self.confusion = confusion
    names = classNames
    chart = ConfusionChart(confusion, classNames: classNames, title: title).specification
  }

  /// The artifacts, with a picture where there is one.
  func artifacts(_ picture: Picture?) -> [Artifact] {
    let rows = names.indices.map { truth in
      [names[truth]] + names.indices.map { "\(confusion[truth, $0])" }
    }
    var matrix = CSVWriter(header: ["true class"] + names.map { "predicted \($0)" })
    for row in rows { matrix.append(row) }
    let cells: [[TableText.Cell]] = names.indices.map { truth in
      [.text(names[truth])] + names.indices.map { .number(Double(confusion[truth, $0])) }
    }
    var artifacts = [
      Artifact(
        Self.table,
        text: TableText.json(["true class"] + names.map { "predicted \($0)" }, cells)),
      Artifact("confusion_matrix.csv", text: matrix.text),
      Artifact("confusion_matrix.vl.json", text: chart),
      Artifact("per_class_metrics.csv", text: perClass),
    ]
    if let picture {
      artifacts.append(Artifact("confusion_matrix.png", content: picture.png))
      artifacts.append(Artifact("confusion_matrix.svg", content: picture.svg))
    }
    return artifacts
  }

  /// The columns of MLflow's own file of this name that need no scores.
  private var perClass: String {
    var writer = CSVWriter(header: [
      "positive_class", "true_negatives", "false_positives", "false_negatives", "true_positives",
      "example_count", "accuracy_score", "recall_score", "precision_score", "f1_score",
    ])
    let total = confusion.total
    for (label, name) in names.enumerated() {
      let hits = confusion[label, label]
      let missed = names.indices.reduce(0) { $0 + confusion[label, $1] } - hits
      let wrong = names.indices.reduce(0) { $0 + confusion[$1, label] } - hits
      let rest = total - hits - missed - wrong
      writer.append(
        [name, "\(rest)", "\(wrong)", "\(missed)", "\(hits)", "\(total)"]
          + [
            Double(hits + rest) / Double(max(total, 1)), confusion.recall(label),
            confusion.precision(label), confusion.f1(label),
          ].map(CSVWriter.field))
    }
    return writer.text
  }
}
