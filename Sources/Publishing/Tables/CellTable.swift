import Datasets
import Models
import Poisoning
import Reporting
import Sweeps

/// All cells of a study, one a row.
struct CellTable {
  private let cells: [CellSummary]

  init(_ content: StudyContent) { cells = content.cells }

  private static let columns = [
    "attack", "poison_level", "model", "accuracy_mean", "accuracy_std", "accuracy_ci95_low",
    "accuracy_ci95_high", "f1_mean", "accuracy_drop_mean", "accuracy_drop_ci95_low",
    "accuracy_drop_ci95_high", "attack_success_mean", "attack_success_gain_mean",
    "attack_collateral_mean", "seeds",
  ]

  private func numbers(_ cell: CellSummary) -> [Double?] {
    let interval = cell.accuracy.interval()
    let hasDrop = cell.level != .clean && cell.accuracyDrop.count > 0
    let drop = hasDrop ? cell.accuracyDrop.interval() : nil
    return [
      cell.accuracy.mean, cell.accuracy.standardDeviation, interval?.lower, interval?.upper,
      cell.macroF1.mean, hasDrop ? cell.accuracyDrop.mean : nil, drop?.lower, drop?.upper,
    ]
      + [cell.success, cell.successGain, cell.collateral].map { $0.count > 0 ? $0.mean : nil }
      + [Double(cell.accuracy.count)]
  }

  /// For `mlflow.load_table`.
  var json: String {
    TableText.json(
      Self.columns,
      cells.map { cell in
        [.text(cell.attackName), .number(cell.level.share), .text(cell.modelName)]
          + numbers(cell).map { TableText.Cell($0) }
      })
  }

  /// For spreadsheets.
  var csv: String {
    var writer = CSVWriter(header: Self.columns)
    for cell in cells {
      writer.append(
        [cell.attackName, CSVWriter.field(cell.level.share), cell.modelName]
          + numbers(cell).map { $0.map(CSVWriter.field) ?? "" })
    }
    return writer.text
  }

  /// For people.
  func markdown(limit: Int) -> String {
    TableText.markdown(
      ["attack", "poison", "model", "accuracy", "95 % interval", "drop from 0 %"],
      cells.map { cell in
        let hasDrop = cell.level != .clean && cell.accuracyDrop.count > 0
        return [
          cell.attackName, cell.level.description, cell.modelName,
          Numbers.percent(cell.accuracy.mean), Numbers.percent(cell.accuracy.interval()),
          hasDrop ? Numbers.percent(cell.accuracyDrop.mean) : "",
        ]
      }, limit: limit)
  }
}
