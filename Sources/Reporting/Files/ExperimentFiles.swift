import Datasets
import Models
import Poisoning
public import Sweeps

/// The files of an experiment: `seeds.csv`, `confusion.csv`, `summary.json`, `accuracy.vl.json`.
public struct ExperimentFiles {
  /// The names of the files.
  public static let names = ["seeds.csv", "confusion.csv", "summary.json", "accuracy.vl.json"]

  private let study: Study
  private let folder: ResultsFolder

  /// Begins the files in a folder.
  ///
  /// - Throws: `ReportingError.unwritable`.
  public init(_ study: Study, in folder: ResultsFolder) throws(ReportingError) {
    self.study = study
    self.folder = folder
    let header = CSVWriter(header: [
      "seed", "attack", "level", "model", "accuracy", "macro_f1", "log_loss", "correct",
      "validation_rows", "outcome", "iterations",
    ])
    try folder.append(header.text, to: "seeds.csv")
  }

  /// Adds the results of a block of seeds to `seeds.csv`, one line a fit.
  ///
  /// - Throws: `ReportingError.unwritable`.
  public func append(_ block: StudyEngine.Block) throws(ReportingError) {
    var writer = CSVWriter()
    for (offset, results) in block.results.enumerated() {
      for (index, result) in results.enumerated() {
        let condition = study.conditions[index / study.models.count]
        writer.append([
          String(Int(block.firstSeed) + offset), condition.attackName,
          CSVWriter.field(condition.level.share),
          study.models[index % study.models.count].name,
          CSVWriter.field(result.confusion.accuracy), CSVWriter.field(result.confusion.macroF1),
          result.logLoss.map(CSVWriter.field) ?? "", String(result.confusion.correct),
          String(result.confusion.total), result.report.outcome.rawValue,
          String(result.report.iterations),
        ])
      }
    }
    try folder.append(writer.text, to: "seeds.csv")
  }

  /// Writes the summaries and gives all files their names.
  ///
  /// - Throws: `ReportingError.unwritable`.
  public func finish(
    _ cells: [CellSummary], record: ExperimentRecord, chart: AccuracyChart
  ) throws(ReportingError) {
    var writer = CSVWriter(header: ["attack", "level", "model", "true", "predicted", "count"])
    let names = study.dataset.classNames
    for cell in cells {
      for truth in names.indices {
        for predicted in names.indices {
          writer.append([
            cell.attackName, CSVWriter.field(cell.level.share), cell.model.rawValue, names[truth],
            names[predicted], String(cell.confusion[truth, predicted]),
          ])
        }
      }
    }
    try folder.append(writer.text, to: "confusion.csv")
    try folder.append(JSONText.of(record), to: "summary.json")
    try folder.append(chart.specification, to: "accuracy.vl.json")
    try folder.publish()
  }
}
