import ArgumentParser
import Provenance
import Reporting

struct ProvenanceHistory: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "log",
    abstract: "Lists the entries, oldest first.",
    discussion: """
      Examples:
        runner provenance log
        runner provenance log --log data/.hemlock/provenance --json
      """)

  @OptionGroup var logOption: LogOption

  func run() throws {
    let entries = try logOption.opened().entries()
    try Console.show(entries, json: logOption.json, ProvenanceTables.log(entries))
  }
}
