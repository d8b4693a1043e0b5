import ArgumentParser
import Datasets
import Documents
import Reporting

struct DataFiles: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "data",
    abstract: "Lists the data sets that come with the program, or writes one as CSV.",
    discussion: """
      The built-in ones can be named by --data as they are. The others are made of Iris, are the \
      same every time, and are there to try commands on: a file of your own, one that is known to \
      be good, a new one with faults, and one whose rows come from three labs.

      Examples:
        runner data
        runner data flowers --output flowers.csv
        runner data labs
        runner data --json
      """)

  @Argument(help: ArgumentHelp("The data set to write.", valueName: "name"))
  var name: String?

  @Option(
    help: ArgumentHelp(
      "The file to write; one that is there is replaced. (default: standard output)",
      valueName: "file"))
  var output: String?

  @Flag(help: "Print the list as JSON.")
  var json = false

  func run() throws {
    guard let name else {
      guard output == nil else {
        throw Failure.usage(
          "--output needs the name of a data set; data sets: "
            + ExampleFile.names.joined(separator: ", "))
      }
      let files = ExampleFile.names.compactMap(ExampleFile.init(named:)).map(ExampleFileRecord.init)
      return try Console.show(files, json: json, files.lines)
    }
    guard let file = ExampleFile(named: name) else {
      throw Failure.usage(
        "there is no data set \"\(name)\""
          + Suggestion.ending(for: name, among: ExampleFile.names, noun: "data sets"))
    }
    guard !json else {
      throw Failure.usage("--json is for the list, without a name; data sets are written as CSV")
    }
    guard let output else { return try Console.show(file.csv) }
    let place = try ExportOption(output, option: "--output", example: "\(name).csv")
    try place.write(Array(file.csv.utf8))
    Console.note("wrote \(output): \(file.dataset.sampleCount) rows")
  }
}
