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

  @Flag(help: "Print the result as JSON.")
  var json = false

  func run() throws {
    let log = try logOption.opened()
    let entries = try provenance { () throws(ProvenanceError) in try log.entries() }
    try json
      ? Console.show(JSONText.of(entries.map(EntryDescription.init)))
      : Console.show(ProvenanceTables.log(entries))
  }
}
