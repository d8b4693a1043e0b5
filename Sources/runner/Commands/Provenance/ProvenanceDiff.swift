import ArgumentParser
import Provenance
import Reporting

struct ProvenanceDiff: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "diff",
    abstract: "Names the rows and fields in which two versions differ.",
    discussion: """
      A and B are files, or beginnings of versions. Rows are told apart by their hashes and matched \
      one to one as a multiset, so that rows removed and added are as few as can be; of the matched \
      ones, a longest run in the same order stays in place and the others have moved. Rows left \
      over between the same neighbours are changed ones, whose fields are named. Where the headers \
      differ, rows are compared by the columns that both have.

      Examples:
        runner provenance diff before.csv flowers.csv
        runner provenance diff 3f2a9c flowers.csv --json
      """)

  @Argument(help: ArgumentHelp("The older version or file.", valueName: "a"))
  var old: String

  @Argument(help: ArgumentHelp("The newer version or file.", valueName: "b"))
  var new: String

  @OptionGroup var dialect: DialectOption

  @OptionGroup var logOption: LogOption

  func run() throws {
    let file = [old, new].first(where: ProvenanceLog.isFile)
    let log = try logOption.opened(beside: file)
    let before = try log.side(old, options: dialect.tableOptions())
    let after = try log.side(new, options: dialect.tableOptions())
    for remark in [before.remark, after.remark].compactMap({ $0 }) { Console.note(remark) }
    let report = TableDiffReport(
      TableDiff(from: before.side, to: after.side), old: before.name, new: after.name)
    try Console.show(report, json: logOption.json, report.lines)
  }
}
