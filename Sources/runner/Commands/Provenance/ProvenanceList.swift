import ArgumentParser
import Provenance
import Reporting

/// `runner provenance list`.
struct ProvenanceList: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list",
    abstract: "Lists the versions, in the order in which they first occur.",
    discussion: """
      Examples:
        runner provenance list
        runner provenance list --json
      """)

  @OptionGroup var logOption: LogOption

  @Flag(help: "Print the result as JSON.")
  var json = false

  func run() throws {
    let log = try logOption.opened()
    let versions = ProvenanceLog.versions(
      of: try provenance { () throws(ProvenanceError) in try log.entries() })
    try json
      ? Console.show(JSONText.of(versions.map(KnownVersionDescription.init)))
      : Console.show(ProvenanceTables.versions(versions))
  }
}
