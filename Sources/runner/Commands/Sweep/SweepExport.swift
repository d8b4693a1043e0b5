import ArgumentParser
import Foundation
import Reporting
import Sweeps

/// `runner sweep export`.
struct SweepExport: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "export",
    abstract: "Writes the fits or the cells of a store as CSV.",
    discussion: """
      Examples:
        runner sweep export sweep.sqlite --output fits.csv
        runner sweep export sweep.sqlite --cells
      """)

  @Argument(help: ArgumentHelp("The store of a sweep.", valueName: "store"))
  var store: String

  @Option(
    help: ArgumentHelp(
      "The file to write, which is there when it is complete. (default: standard output)",
      valueName: "file"))
  var output: String?

  @Flag(help: "One line a cell, with means and intervals, instead of one a fit.")
  var cells = false

  func run() throws {
    do {
      let opened = try SweepStore(reading: store)
      guard let output else {
        return try export(opened) { text in try Console.show(text) }
      }
      let url = URL(fileURLWithPath: output)
      let name = url.lastPathComponent
      guard !output.isEmpty, !url.hasDirectoryPath else {
        throw Failure.usage("--output cannot be \"\(output)\"; accepted: the name of a file")
      }
      let place = try FolderOption(
        "--output", url.deletingLastPathComponent().path, files: [name], data: store)
      let interruption = Interruption(
        stopped: "stopped before the end; \(output) was not written",
        finished: "stopped after \(output) was written", cleanUp: place.discard)
      let folder = try place.open()
      do {
        try export(opened) { text in try folder.append(text, to: name) }
        try interruption.finish { () throws(ReportingError) in try folder.publish() }
      } catch let error as ReportingError {
        throw Failure(error, option: "--output")
      }
    } catch let error as StoreError {
      throw Failure(error, isReading: true)
    }
  }

  private func export(_ store: SweepStore, to write: (String) throws -> Void) throws {
    if cells { try write(store.summaryCSV()) } else { try store.exportFits(write) }
  }
}
