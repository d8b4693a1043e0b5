import Models
import Reporting
import Tracking

/// A confusion matrix as MLflow's users look for it: a table, CSV, a chart and its picture, and the
/// metrics of each class.
struct ConfusionFiles {
  static let table = "confusion_matrix.json"

  private let confusion: ConfusionMatrix
  private let names: [String]
  private let figure: Figure

  init(_ confusion: ConfusionMatrix, classNames: [String], title: String) {
    self.confusion = confusion
    names = classNames
    figure = Figure.confusion(confusion, classNames: classNames, title: title)
  }

  var chart: String { figure.chart.specification }

  func artifacts(_ picture: Picture?) -> [Artifact] {
    var matrix = Table([.text("true class")] + names.map { .count("predicted \($0)") })
    for truth in names.indices {
      matrix.append([.text(names[truth])] + names.indices.map { .count(confusion[truth, $0]) })
    }
    return [
      Artifact(Self.table, text: matrix.json), Artifact("confusion_matrix.csv", text: matrix.csv),
      Artifact("per_class_metrics.csv", text: perClass.csv),
    ] + figure.files(picture).map { Artifact($0.name, content: $0.bytes) }
  }

  /// The columns of MLflow's own file of this name that need no scores.
  private var perClass: Table {
    var table = Table([
      .text("positive_class"), .count("true_negatives"), .count("false_positives"),
      .count("false_negatives"), .count("true_positives"), .count("example_count"),
      .percent("accuracy_score"), .percent("recall_score"), .percent("precision_score"),
      .percent("f1_score"),
    ])
    let total = confusion.total
    for (label, name) in names.enumerated() {
      let hits = confusion[label, label]
      let missed = names.indices.reduce(0) { $0 + confusion[label, $1] } - hits
      let wrong = names.indices.reduce(0) { $0 + confusion[$1, label] } - hits
      let rest = total - hits - missed - wrong
      table.append(
        [.text(name)] + [rest, wrong, missed, hits, total].map(Table.Value.count)
          + [
            Double(hits + rest) / Double(max(total, 1)), confusion.recall(label),
            confusion.precision(label), confusion.f1(label),
          ].map(Table.Value.number))
    }
    return table
  }
}
