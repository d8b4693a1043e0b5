import ArgumentParser
import Datasets
import Files
import Foundation
import Publishing
import Reporting
import Store
import Sweeps
import Tracking

/// `runner report`.
struct Report: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "report",
    abstract: "Writes the report of a store: one HTML file that opens offline.",
    usage: "runner report <store> [<options>]",
    discussion: """
      Reads the store of runner curves, sweep or experiment and writes report.html with, beside it, \
      every figure as PNG, SVG, CSV and Vega-Lite specification. The page has all its programs inside; \
      charts have tooltips and choices where JavaScript runs, and are pictures elsewhere. Built-in data \
      are found by themselves; for the ceiling of a generator fitted to a CSV file, give the file by \
      --data and --target. The report is logged to MLflow as a run of its own.

      Examples:
        runner report curves-iris-claims.sqlite
        runner report results/study.sqlite --output report
        runner report curves.sqlite --row-price 2 --verification-price 0.5
      """)

  @Argument(help: ArgumentHelp("The store.", valueName: "store"))
  var store: String

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
    let start = Clock.milliseconds
    let path =
      output
      ?? URL(fileURLWithPath: store).deletingPathExtension().lastPathComponent + "-report"
    let folder = try FolderOption("--output", path, files: StoreReport.names, data: store)
    let report: StoreReport
    do {
      let opened = try SweepStore(reading: store)
      defer { try? opened.close() }
      guard try opened.seedCount() > 0 else {
        throw Failure(code: .badData, message: "\(store) has no finished block yet")
      }
      report = try StoreReport(
        opened, dataset: try dataset(of: opened.plan), prices: prices, threads: threads)
    } catch let error as StoreError {
      throw Failure(error, isReading: true)
    }
    let tracker = try Tracker(tracking, dataset: report.plan.datasetName)
    let results = try folder.open()
    let renderer = ChartRenderer(environment: ProcessInfo.processInfo.environment)
    let (files, hasPictures) = report.files(renderer)
    do {
      try StoreReport.write(files, to: results)
    } catch {
      throw Failure(error, option: "--output")
    }
    if !hasPictures { Console.note(ChartRenderer.advice) }
    let page = results.path(of: "report.html")
    try Console.show(
      json ? JSONText.of(Written(report: page, hasPictures: hasPictures)) : page + "\n")
    guard let tracker else { return }
    do {
      let document = ReportDocument(
        report, files: files, origin: tracker.origin, times: (start: start, end: Clock.milliseconds)
      )
      _ = try tracker.publisher.publish(document.run)
      try tracker.close("tracked: \(document.run.name)")
    } catch {
      throw Failure(error)
    }
  }

  /// The data of a store, where they are built in or given.
  private func dataset(of plan: StoredPlan) throws -> Dataset? {
    if CommandLine.arguments.contains(where: { $0 == "--data" || $0.hasPrefix("--data=") }) {
      return try data.load()
    }
    let known =
      EmbeddedDataset(rawValue: plan.datasetName)?.load()
      ?? GeneratorChoice(rawValue: plan.datasetName)?.specimen
    return known?.digest == plan.datasetDigest ? known : nil
  }
}
