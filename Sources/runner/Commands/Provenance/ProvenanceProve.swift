import ArgumentParser
import Provenance
import Reporting

struct ProvenanceProve: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "prove",
    abstract: "Proves that a row is in a version, for those who have the root alone.",
    discussion: """
      Prints JSON: the row, its hash, the hashes that lead from it to the root (RFC 6962, section \
      2.1.1), and the first entry in which such a row occurs. check-proof checks it.

      Examples:
        runner provenance prove flowers.csv --row 3
      """)

  @Argument(
    help: ArgumentHelp(
      "The beginning of a version, four digits at least, or a file that is one.",
      valueName: "version"))
  var version: String

  @Option(
    parsing: .unconditional, help: ArgumentHelp("The row, from 1.", valueName: "row"),
    transform: number("a whole number from 1 up"))
  var row: Int

  @OptionGroup var logOption: LogOption

  func run() throws {
    let (log, known) = try logOption.known(version)
    try Console.show(JSONText.of(log.proof(of: row, in: known)))
  }
}
