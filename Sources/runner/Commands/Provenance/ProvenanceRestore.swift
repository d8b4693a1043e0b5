import ArgumentParser
import Provenance

struct ProvenanceRestore: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "restore",
    abstract: "Writes a version as a new file.",
    usage: "runner provenance restore [<options>] <version>",
    discussion: """
      The bytes are those that were taken in, checked against the hash. A file that is there is \
      never replaced.

      Examples:
        runner provenance restore 3f2a9c
        runner provenance restore 3f2a9c --output before.csv
      """)

  @Argument(
    help: ArgumentHelp(
      "The beginning of a version, four digits at least.", valueName: "version"))
  var version: String

  @Option(
    help: ArgumentHelp(
      "The file to write, which must not be there. (default: the file the version was taken from)",
      valueName: "file"))
  var output: String?

  @OptionGroup var logOption: LogOption

  func run() throws {
    guard output != "" else {
      throw Failure.usage("--output cannot be \"\"; accepted: a file that is not there yet")
    }
    let log = try logOption.opened()
    let recorded = try log.restore(
      try log.version(version), to: output, program: ProvenanceLog.program)
    try logOption.show(recorded, of: log)
  }
}
