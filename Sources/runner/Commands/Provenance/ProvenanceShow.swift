import ArgumentParser
import Provenance
import Reporting

struct ProvenanceShow: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "show",
    abstract: "Says all that is known of a version.",
    discussion: """
      Examples:
        runner provenance show 3f2a9c
        runner provenance show flowers.csv --json
      """)

  @Argument(
    help: ArgumentHelp(
      "The beginning of a version, four digits at least, or a file that is one.",
      valueName: "version"))
  var version: String

  @OptionGroup var logOption: LogOption

  func run() throws {
    let (log, known) = try logOption.known(version)
    try Console.show(
      known, json: logOption.json,
      ProvenanceTables.version(known, path: log.path(of: known.record)))
  }
}

extension LogOption {
  /// The log of a file or version that is named, and what it knows of it.
  func known(
    _ text: String
  ) throws -> (log: ProvenanceLog, version: ProvenanceLog.KnownVersion) {
    let log = try opened(beside: ProvenanceLog.isFile(text) ? text : nil)
    return (log, try log.knownVersion(text))
  }
}
