import ArgumentParser
import Provenance
import Reporting

/// `runner provenance verify`.
struct ProvenanceVerify: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "verify",
    abstract: "Names any changed row, entry or version.",
    usage: "runner provenance verify [<options>] [<file>]",
    discussion: """
      Checks every entry and the order of them, every version that is kept, and the files: FILE, or \
      all that the log names and that are there, each against what the log last said of it. Exits 1 \
      when anything is not as it was written.

      The file head names the last entry, so that entries cut off the log show. Who can write both \
      can cut both: only a head that was kept elsewhere, given by --head, shows that.

      Examples:
        runner provenance verify
        runner provenance verify flowers.csv --json
      """)

  @Argument(help: ArgumentHelp("The one file to compare.", valueName: "file"))
  var file: String?

  @Option(
    help: ArgumentHelp(
      "The hash of an entry that must be in the log, as an earlier verify printed it.",
      valueName: "hash"))
  var head: String?

  @OptionGroup var logOption: LogOption

  func run() throws {
    let expected = head.map { ContentHash(hexadecimal: $0) }
    if let expected, expected == nil {
      throw Failure.usage(
        "--head cannot be \"\(head ?? "")\"; accepted: 64 hexadecimal digits, as verify prints them"
      )
    }
    let log = try logOption.opened(beside: file)
    let verification = try log.verify(file: file, expectedHead: expected ?? nil)
    let report = VerificationReport(verification, folder: log.folder)
    try Console.show(report, json: logOption.json, report.lines)
    guard verification.isIntact else {
      let count = verification.findings.count { $0.isBroken }
      throw Failure(
        code: .failedCheck,
        message: "not everything is as it was written: "
          + (count == 1 ? "1 finding" : "\(count) findings"))
    }
  }
}
