import Analyses
import ArgumentParser
import Documents
import Files
import Foundation
import Publishing
import Reporting
import Store
import Tracking

struct Report: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "report",
    abstract: "Writes the report of a store: one HTML file that opens offline.",
    usage: "runner report <store> ... [<options>]",
    discussion: """
      Reads the store of runner curves, sweep or experiment and writes report.html with, beside it, \
      every figure as PNG, SVG, PDF, CSV and Vega-Lite specification. The page has all its programs inside; \
      charts have tooltips and choices where JavaScript runs, and are pictures elsewhere. Built-in data \
      are found by themselves; for the ceiling of a generator fitted to a CSV file, give the file by \
      --data and --target. The report is logged to MLflow as a run of its own.

      Of several stores, one a data set, the page compares what the same poison costs on each: \
      accuracy and its drop side by side for what all of them have, and which suffers most.

      Examples:
        runner report curves-iris-claims.sqlite
        runner report results/study.sqlite --output report
        runner report curves.sqlite --row-price 2 --verification-price 0.5
        runner report plan-iris.sqlite plan-wine.sqlite --output compared
      """)

  @Argument(help: ArgumentHelp("The store, or several to compare.", valueName: "store"))
  var stores: [String]

  @Option(
    help: ArgumentHelp(
      "The folder of the report, made where it is missing. (default: the store's name with -report)",
      valueName: "folder"))
  var output: String?

  @OptionGroup(title: "Data") var data: DataOptions
  @OptionGroup(title: "Prices") var priceOptions: PriceOptions
  @OptionGroup(title: "Tracking") var tracking: TrackingPlace

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("Number of threads. (default: all cores)", valueName: "count"),
    transform: number("a whole number from 1 to 4096"))
  var threads: Int?

  @Flag(help: "Print the paths of the page and its files as JSON.")
  var json = false

  /// What was written.
  private struct Written: Encodable {
    let report: String
    let hasPictures: Bool
  }

  func run() throws {
    var runOptions = RunOptions()
    runOptions.threads = threads
    let threads = try runOptions.threadCount()
    let prices = try priceOptions.prices()
    _ = try tracking.uri()
    let start = currentMilliseconds()
    let folder = try FolderOption(
      "--output", output ?? Self.folder(of: stores), files: ReportFiles.names, data: stores[0])
    let renderer = ChartRenderer(environment: ProcessInfo.processInfo.environment)
    let times = { (start: start, end: currentMilliseconds()) }
    guard stores.count > 1 else {
      let report = try SweepStore.reading(stores[0]) { store in
        try StoreReport(
          store, dataset: try data.dataset(of: store.plan)?.rows.dataset, prices: prices,
          threads: threads)
      }
      let files = ReportFiles(report.answer, renderer)
      return try publish(files, in: folder, of: report.plan.datasetName) { origin in
        ReportDocument(report, files: files, origin: origin, times: times()).run
      }
    }
    for option in ["--data", "--row-price", "--defense-price", "--verification-price"] {
      guard CommandLine.count(of: option) == 0 else {
        throw Failure.usage("\(option) is for one store; leave it out to compare several")
      }
    }
    let comparison = SetComparison(
      try stores.map { try SweepStore.reading($0) { try ComparedSet(StoreReading($0)) } })
    let files = ReportFiles(comparison, renderer)
    let names = comparison.sets.map(\.name).joined(separator: "+")
    try publish(files, in: folder, of: names) { origin in
      ReportDocument(comparison, files: files, origin: origin, times: times()).run
    }
  }

  /// The folder of a report unless another is named.
  private static func folder(of stores: [String]) -> String {
    let name = URL(fileURLWithPath: stores[0]).deletingPathExtension().lastPathComponent
    return (stores.count > 1 ? "comparison" : name) + "-report"
  }

  /// Writes the files, says where they are, and tracks them.
  private func publish(
    _ files: ReportFiles, in folder: FolderOption, of name: String,
    _ document: (RunOrigin) -> RunDocument
  ) throws {
    let tracker = try Tracker(tracking, dataset: name)
    let results = try folder.open()
    try converting(try files.write(to: results)) { (error: FilesError) in
      Failure(error, option: "--output")
    }
    if !files.hasPictures { Console.note(ChartRenderer.advice) }
    let page = results.path(of: ReportFiles.names[0])
    try Console.show(Written(report: page, hasPictures: files.hasPictures), json: json, [page])
    guard let tracker else { return }
    let run = document(tracker.origin)
    _ = try tracker.publisher.publish(run)
    try tracker.close("tracked: \(run.name)")
  }
}

extension SweepStore {
  /// Reads a store that has something to tell.
  ///
  /// - Throws: `Failure` for one without seeds, `StoreError`, and what `body` throws.
  static func reading<Value>(
    _ path: String, _ body: (SweepStore) throws -> Value
  ) throws -> Value {
    let store = try SweepStore(reading: path)
    defer { try? store.close() }
    guard try store.seedCount() > 0 else {
      throw Failure(code: .badData, message: "\(path) has no finished block yet")
    }
    return try body(store)
  }
}
