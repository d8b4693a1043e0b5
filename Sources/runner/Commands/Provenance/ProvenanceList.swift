import ArgumentParser
import Provenance
import Reporting

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

  func run() throws {
    let versions = ProvenanceLog.versions(of: try logOption.opened().entries())
    try Console.show(versions, json: logOption.json, ProvenanceTables.versions(versions))
  }
}
