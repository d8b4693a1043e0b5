import Datasets
public import Files
import Models
import Poisoning
public import Sweeps

/// The files of an experiment: `study.sqlite`, the store, `seeds.csv`, `confusion.csv`,
/// `summary.json`, and the charts `accuracy` and `confusion`, `tournament` or `mitigation`, each a `.vl.json`,
/// `.svg`, `.png` and `.pdf`.
public struct ExperimentFiles {
  /// The name of the store.
  public static let store = "study.sqlite"

  /// The names of the files.
  public static let names =
    [store, "seeds.csv", "confusion.csv", "summary.json"]
    + Figure.fileNames(["accuracy", "confusion", "tournament", "mitigation"])

  private let study: Study
  private let folder: ResultsFolder

  /// Begins the files in a folder.
  ///
  /// - Throws: `FilesError.unwritable`.
  public init(_ study: Study, in folder: ResultsFolder) throws(FilesError) {
    (self.study, self.folder) = (study, folder)
    let header = CSVWriter(header: [
      "seed", "attack", "level", "defense", "model", "correct", "validation_rows", "accuracy",
      "outcome",
    ])
    try folder.append(header.text, to: "seeds.csv")
  }

  /// Adds a block of seeds to `seeds.csv`, one line a fit.
  ///
  /// - Throws: `FilesError.unwritable`.
  public func append(_ block: SeedBlock, firstSeed: UInt32) throws(FilesError) {
    let first = Int(firstSeed) + block.index * SeedBlock.capacity
    let cells = study.conditions.flatMap { condition in
      study.models.map { model in
        [
          condition.attackName, CSVWriter.field(condition.level.share), condition.defenseName,
          model.model,
        ]
      }
    }
    let accuracies = (0...study.validationCount).map {
      CSVWriter.field(Double($0) / Double(study.validationCount))
    }
    var writer = CSVWriter()
    for offset in 0..<block.seedCount {
      for (cell, names) in zip(block.cells, cells) where cell.isFitted {
        let correct = Int(cell.correct[offset])
        writer.append(
          ["\(first + offset)"] + names
            + [
              "\(correct)", "\(study.validationCount)", accuracies[correct],
              cell.outcomes?[offset].rawValue ?? "",
            ])
      }
    }
    try folder.append(writer.text, to: "seeds.csv")
  }

  /// Writes the summaries and charts, with pictures if there are any, and gives all files their names.
  ///
  /// - Throws: `FilesError.unwritable`.
  package func finish(
    _ cells: [CellSummary], record: ExperimentRecord, figures: [Figure], pictures: [Picture]?
  ) throws(FilesError) {
    try folder.append(
      Figure.counts(cells, classNames: study.dataset.classNames).csv, to: "confusion.csv")
    try folder.append(JSONText.of(record), to: "summary.json")
    for (index, figure) in figures.enumerated() {
      for file in figure.files(pictures?[index]) { try folder.append(file.bytes, to: file.name) }
    }
    // A picture of an earlier run beside a chart of this one would be taken for its own.
    folder.removeOthers(of: Self.names.filter { $0 != Self.store })
    try folder.publish()
  }
}
