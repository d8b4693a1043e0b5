import ArgumentParser
import Datasets
import Defenses
import Files
import Foundation
import Inspection
import Models
import Provenance
import Reporting

struct Inspect: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "inspect",
    abstract: "Looks through a CSV file for rows that somebody may have tampered with.",
    usage: "runner inspect <file> --target <column> [<options>]",
    discussion: """
      Says how many rows look wrong, which, why and how sure that is, about how many labels are wrong \
      beyond chance, and what leaving the rows out does to accuracy. Writes suspicious.csv, \
      cleaned.csv (the other rows, byte for byte), inspection.json and a chart. The file itself is \
      only read.

      Examples:
        runner inspect flowers.csv --target species
        runner inspect flowers.csv --target species --results check --json
        runner inspect iris
      """)

  @Argument(help: ArgumentHelp("A CSV file, or the name of a built-in set.", valueName: "file"))
  var file: String

  @OptionGroup var columns: ColumnOptions

  @Option(help: "Scaling of the features: none, standard or robust (median and MAD).")
  var scaler = "robust"

  @Option(
    help: ArgumentHelp(
      "The models that show what leaving rows out does, as NAME or NAME:key=value; none for none.",
      valueName: "names"))
  var models = "softmax,knn"

  @Option(help: ArgumentHelp("Folder for the files.", valueName: "folder"))
  var results = "inspection"

  @Option(
    help: ArgumentHelp(
      "The folder of a log of provenance in which the inspection is recorded with both files; see "
        + "`runner provenance`. (default: provenance in the folder of the files, with hashes alone)",
      valueName: "folder"))
  var provenance: String?

  @OptionGroup(title: "Run") var runOptions: RunOptions

  func run() throws {
    let threads = try runOptions.threadCount()
    let kind: ScalerKind = try named(scaler, option: "--scaler")
    let choices = try chosenModels()
    try FolderOption.requireName(provenance, "--provenance")
    let data = DataOptions(file, columns)
    let (dataset, rows) = try data.loadWritten(option: nil)
    guard dataset.classCounts.count(where: { $0 > 0 }) > 1 else {
      throw Failure(
        code: .badData,
        message: "\(file) has one class, \"\(dataset.classNames.first ?? "")\"; labels can be "
          + "checked where there are two or more")
    }
    let folder = try FolderOption(
      "--results", results, files: InspectionFiles.names, data: file)
    let interruption = Interruption(
      stopped: "stopped before the end; nothing was written to \(results)",
      finished: "stopped after the results in \(results) were complete")
    let output = try folder.open()
    let steps = Inspection.stepCount(classCount: dataset.classCount)
    var progress = Progress(total: steps + 2 * choices.count, noun: "steps")
    let inspection = try Inspection(
      Suspects(
        features: Scaler(kind, fittedTo: dataset.features).transform(dataset.features),
        labels: dataset.labels, classCount: dataset.classCount, seed: runOptions.seed),
      threads: threads, progress: { progress.show($0) })
    let removed = Set(inspection.findings.map(\.row))
    var effects: [RemovalEffect] = []
    for (index, choice) in choices.enumerated() where !removed.isEmpty {
      effects.append(
        RemovalEffect(
          dataset, removed: removed, scaler: .standard, model: choice,
          repeats: dataset.sampleCount > 2_000 ? 1 : 4, seed: runOptions.seed, threads: threads))
      progress.show(steps + 2 * (index + 1))
    }
    Console.clearLine()
    let record = InspectionRecord(dataset, inspection, effects: effects)
    do {
      let hasPictures = try InspectionFiles(dataset, rows: rows, inspection).write(
        to: output, record: record,
        renderer: ChartRenderer(environment: ProcessInfo.processInfo.environment))
      try interruption.finish { () throws(FilesError) in try output.publish() }
      if !hasPictures { Console.note(ChartRenderer.advice) }
    } catch {
      throw Failure(error, option: "--results")
    }
    try recordStep(data.path, rows, removed, output.path(of: "cleaned.csv"))
    try Console.show(
      record, json: runOptions.json,
      inspection.lines(of: dataset, effects: effects, folder: results))
  }

  private func recordStep(
    _ path: String?, _ rows: CSVRows, _ removed: Set<Int>, _ cleaned: String
  ) throws(Failure) {
    try ProvenanceLog(provenance ?? "\(results)/provenance").record(written: results) {
      let before = TableVersion(
        try CSVRecords(bytes: rows.bytes, file: file, hasHeader: rows.hasHeader))
      let after = TableVersion(
        try CSVRecords(
          bytes: CSVReader.bytes(contentsOf: cleaned), file: cleaned, hasHeader: rows.hasHeader))
      return [
        ProvenanceStep(
          .inspect, inputs: [ProvenanceStep.Table(before, path: path)],
          outputs: [ProvenanceStep.Table(after, path: cleaned)],
          parameters: [
            "scaler": scaler, "seed": "\(runOptions.seed)", "target": columns.target ?? "",
          ],
          rows: removed.sorted().map { $0 + 1 }, storesContent: provenance != nil)
      ]
    }
  }

  private func chosenModels() throws(Failure) -> [ModelChoice] {
    guard models != "none" else { return [] }
    var grid = GridOptions()
    grid.models = models
    return try grid.chosenModels()
  }
}
