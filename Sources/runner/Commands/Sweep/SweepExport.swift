import ArgumentParser
import Store

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
    let opened = try SweepStore(reading: store)
    guard let output else {
      return try export(opened) { text in try Console.show(text) }
    }
    let file = try ExportOption(output, option: "--output", example: "fits.csv", sparing: [store])
    let interruption = Interruption(
      stopped: "stopped before the end; \(output) was not written",
      finished: "stopped after \(output) was written")
    try export(opened) { text in try file.append(text) }
    try interruption.finish { () throws(Failure) in try file.publish() }
  }

  private func export(_ store: SweepStore, to write: (String) throws -> Void) throws {
    if cells { try write(store.summaryCSV()) } else { try store.exportFits(write) }
  }
}
