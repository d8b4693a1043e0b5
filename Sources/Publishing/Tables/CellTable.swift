import Datasets
import Models
import Poisoning
import Reporting
import Statistics
import Sweeps

/// All cells of a study, one a row.
struct CellTable {
  private let cells: [CellSummary]

  init(_ content: StudyContent) { cells = content.cells }

  private static let columns = [
    "attack", "poison_level", "defense", "model", "accuracy_mean", "accuracy_std",
    "accuracy_ci95_low",
    "accuracy_ci95_high", "f1_mean", "accuracy_drop_mean", "accuracy_drop_ci95_low",
    "accuracy_drop_ci95_high", "attack_success_mean", "attack_success_gain_mean",
    "attack_collateral_mean", "accuracy_gain_mean", "accuracy_gain_ci95_low",
    "accuracy_gain_ci95_high", "precision_mean", "recall_mean", "false_alarm_rate_mean",
    "roc_auc_mean", "precision_at_budget_mean", "seeds",
  ]

  private func numbers(_ cell: CellSummary) -> [Double?] {
    let interval = cell.accuracy.interval()
    let hasDrop = !cell.isReference && cell.accuracyDrop.count > 0
    let drop = hasDrop ? cell.accuracyDrop.interval() : nil
    let gain = cell.accuracyGain.count > 0 ? cell.accuracyGain : nil
    let (means, found) = ([cell.success, cell.successGain, cell.collateral], cell.detection)
    guard cell.accuracy.count > 0 else {
      return Self.columns.dropFirst(5).map { _ in nil } + [0]
    }
    return [
      cell.accuracy.mean, cell.accuracy.standardDeviation, interval?.lower, interval?.upper,
      cell.macroF1.mean, hasDrop ? cell.accuracyDrop.mean : nil, drop?.lower, drop?.upper,
    ]
      + means.map { $0.count > 0 ? $0.mean : nil }
      + [gain?.mean, gain?.interval()?.lower, gain?.interval()?.upper]
      + DetectionSummary.measures.map { measure in
        found[keyPath: measure.path].count > 0 ? found[keyPath: measure.path].mean : nil
      }
      + [Double(cell.accuracy.count)]
  }

  /// For `mlflow.load_table`.
  var json: String {
    TableText.json(
      Self.columns,
      cells.map { cell in
        [
          .text(cell.attackName), .number(cell.level.share), .text(cell.defenseName),
          .text(cell.modelName),
        ]
          + numbers(cell).map { TableText.Cell($0) }
      })
  }

  /// For spreadsheets.
  var csv: String {
    var writer = CSVWriter(header: Self.columns)
    for cell in cells {
      writer.append(
        [
          cell.attackName, CSVWriter.field(cell.level.share), cell.defenseName, cell.modelName,
        ]
          + numbers(cell).map { $0.map(CSVWriter.field) ?? "" })
    }
    return writer.text
  }

  /// For people.
  func markdown(limit: Int) -> String {
    let isDefended = cells.contains { $0.defenseName != "none" }
    return TableText.markdown(
      ["attack", "poison"] + (isDefended ? ["defence"] : [])
        + ["model", "accuracy", "95 % interval", "drop from 0 %"],
      cells.map { cell in
        let hasDrop = !cell.isReference && cell.accuracyDrop.count > 0
        return [cell.attackName, cell.level.description]
          + (isDefended ? [cell.defenseName] : []) + [
            cell.modelName,
            cell.accuracy.count > 0 ? Numbers.percent(cell.accuracy.mean) : "not for it",
            Numbers.percent(cell.accuracy.interval()),
            hasDrop ? Numbers.percent(cell.accuracyDrop.mean) : "",
          ]
      }, limit: limit)
  }
}
