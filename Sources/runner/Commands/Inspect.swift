import ArgumentParser
import Datasets
import Defenses
import Documents
import Files
import Foundation
import Inspection
import Models
import Provenance
import Reporting
import Validation

struct Inspect: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "inspect",
    abstract: "Looks through a CSV file for rows that somebody may have tampered with.",
    usage: "runner inspect <file> --target <column> [<options>]",
    discussion: """
      Says how many rows look wrong, which, why and how sure that is; about how many labels are wrong; \
      how many wrong labels would have been missed, by labels planted into copies of the file; and what \
      leaving the rows out, or correcting their labels, does to accuracy. Writes suspicious.csv, \
      scores.csv (every row, the most probably wrong first), cleaned.csv (the rows that do not look \
      wrong, byte for byte), corrected.csv, inspection.json and a chart. The file itself is only read.

      Exits with 1 when something is found, so that a script can stop there; --exit-zero switches that \
      off.

      Examples:
        runner inspect flowers.csv --target species
        runner inspect flowers.csv --target species --fdr 0.05 --results check --json
        runner inspect flowers.csv --target species --list 20 --exit-zero
        runner inspect iris
      """)

  @Argument(help: ArgumentHelp("A CSV file, or the name of a built-in set.", valueName: "file"))
  var file: String

  @OptionGroup var columns: ColumnOptions

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "The share of right labels to aim at among those called wrong, above 0 and below 1. "
        + "(default: 0.2: of five rows looked at, one in vain)", valueName: "rate"),
    transform: number("a number above 0 and below 1"))
  var fdr: Double?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "Name the labels that are wrong most probably, so many at most, whatever the evidence.",
      valueName: "count"),
    transform: number("a whole number from 1 up"))
  var list: Int?

  @Flag(help: "Exit with 0 when something is found, too.")
  var exitZero = false

  @Option(help: "Scaling of the features: none, standard or robust (median and MAD).")
  var scaler = "robust"

  @Option(
    help: ArgumentHelp(
      "The models that show what cleaning rows does, as NAME or NAME:key=value; none for none.",
      valueName: "names"))
  var models = "softmax,knn"

  @Option(
    help: ArgumentHelp(
      "A file of clean rows with the same columns, on which models show what cleaning does; it is only "
        + "read. (default: cross-validation)", valueName: "file"))
  var validation: String?

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
    let selection = try selection()
    try FolderOption.requireName(provenance, "--provenance")
    let data = DataOptions(file, columns)
    let (loaded, rows) = try data.loadWritten(option: nil)
    let dataset = loaded.dataset
    try requireClasses(dataset)
    if let list, list > dataset.sampleCount {
      throw Failure.usage(
        "--list cannot be \(list): \(file) has \(dataset.sampleCount) rows; accepted: 1 to "
          + "\(dataset.sampleCount)")
    }
    let judged = try validation.map { path in
      let rows = try data.validation(path, like: loaded)
      return try converting(try dataset.matching(rows)) { (error: RowsMismatch) in
        Failure(code: .badData, message: "--validation: \(error)")
      }
    }
    let suspicions = loaded.suspicions(judging: judged.map(Judging.rows) ?? .unknown)
    let folder = try FolderOption(
      "--results", results, files: InspectionFiles.names, data: file)
    let interruption = Interruption(
      stopped: "stopped before the end; nothing was written to \(results)",
      finished: "stopped after the results in \(results) were complete")
    let output = try folder.open()
    // Of lost values the answer has more to say.
    SuspicionNotice(suspicions.filter { $0.kind != .lostValues }).show()
    let cleanings = CleaningEffect.Cleaning.allCases
    let features = dataset.completedFeatures
    // Of what the inspection is, each model of a cleaning is about a twentieth.
    let (parts, effectParts) = (100, 5)
    var progress = Progress(
      total: parts + effectParts * cleanings.count * choices.count, noun: "parts")
    let inspection = try Inspection(
      Suspects(
        features: Scaler(kind, fittedTo: features).transform(features),
        labels: dataset.labels, classCount: dataset.classCount, groups: dataset.groups?.indices,
        seed: runOptions.seed),
      selection, threads: threads, progress: { progress.show(Int($0 * Double(parts))) })
    var effects: [CleaningEffect] = []
    let done = cleanings.filter { cleaning in
      inspection.findings.contains { cleaning == .removed || $0.suggested != nil }
    }
    for choice in choices {
      for cleaning in done {
        effects.append(
          judged.map {
            CleaningEffect(
              dataset, inspection.findings, cleaning, scaler: .standard, model: choice,
              judgedOn: $0, seed: runOptions.seed, threads: threads)
          }
            ?? CleaningEffect(
              dataset, inspection.findings, cleaning, scaler: .standard, model: choice,
              repeats: dataset.sampleCount > 2_000 ? 1 : 4, seed: runOptions.seed,
              threads: threads))
        progress.show(parts + effectParts * effects.count)
      }
    }
    Console.clearLine()
    let record = InspectionRecord(
      dataset, inspection, effects: effects, suspicions: suspicions)
    do {
      let hasPictures = try InspectionFiles(dataset, rows: rows, inspection).write(
        to: output, record: record,
        renderer: ChartRenderer(environment: ProcessInfo.processInfo.environment))
      try interruption.finish { () throws(FilesError) in try output.publish() }
      if !hasPictures { Console.note(ChartRenderer.advice) }
    } catch {
      throw Failure(error, option: "--results")
    }
    try recordStep(
      data.recorded(), rows, Set(inspection.findings.map { dataset.sourceRow($0.row) }),
      output.path(of: "cleaned.csv"))
    try Console.show(
      record, json: runOptions.json,
      inspection.lines(of: dataset, effects: effects, folder: results))
    guard exitZero || !inspection.hasFound else {
      throw Failure(code: .failedCheck, message: "\(file): \(inspection.summary)")
    }
  }

  private func selection() throws(Failure) -> Inspection.Selection {
    if let fdr, list != nil {
      throw .usage("--fdr \(fdr) and --list: a list is as long as one of them says; give one")
    }
    if let list {
      guard list >= 1 else {
        throw .usage("--list cannot be \(list); accepted: a whole number from 1 up")
      }
      return .count(list)
    }
    let rate = fdr ?? Inspection.falseDiscoveryRate
    guard rate > 0, rate < 1 else {
      throw .usage("--fdr cannot be \(rate); accepted: a number above 0 and below 1, such as 0.05")
    }
    return .falseDiscoveryRate(rate)
  }

  private func requireClasses(_ dataset: Dataset) throws(Failure) {
    guard dataset.classCounts.count(where: { $0 > 0 }) > 1 else {
      throw Failure(
        code: .badData,
        message: "\(file) has one class, \"\(dataset.classNames.first ?? "")\"; labels can be "
          + "checked where there are two or more")
    }
    if let name = dataset.classInOneGroup {
      throw Failure(
        code: .badData,
        message: "--group: class \(name.quotedExcerpt) stands in one group of "
          + "\((columns.group ?? "").quotedExcerpt) only, so no others can judge its labels; accepted: two groups "
          + "or more of each class")
    }
  }

  private func recordStep(
    _ input: ProvenanceStep.Table?, _ rows: CSVRows, _ removed: Set<Int>, _ cleaned: String
  ) throws(Failure) {
    try ProvenanceLog(provenance ?? "\(results)/provenance").record(written: results) {
      var input = input
      if input == nil {
        let records = try CSVRecords(bytes: rows.bytes, file: file, dialect: rows.dialect)
        input = ProvenanceStep.Table(TableVersion(records), path: nil)
      }
      let after = TableVersion(
        try CSVRecords(
          bytes: CSVReader.bytes(contentsOf: cleaned), file: cleaned,
          dialect: rows.dialect))
      return [
        ProvenanceStep(
          .inspect, inputs: [input].compactMap(\.self),
          outputs: [ProvenanceStep.Table(after, path: cleaned)],
          parameters: [
            "scaler": scaler, "seed": "\(runOptions.seed)", "target": columns.target ?? "",
            list == nil ? "fdr" : "list": list.map { "\($0)" }
              ?? "\(fdr ?? Inspection.falseDiscoveryRate)",
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
