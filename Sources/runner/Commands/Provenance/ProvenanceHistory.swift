import ArgumentParser
import Provenance
import Reporting

/// `runner provenance log`.
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
    let log = try logOption.opened()
    let entries = try provenance(try log.entries())
    try logOption.show(entries, ProvenanceTables.log(entries))
  }
}
