import ArgumentParser
import Foundation
import LinAlg
import Reporting

/// The benchmark program.
@main
struct Bench: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "bench",
    abstract: "Measures how fast Hemlock is on this machine.",
    discussion: """
      Machines are shared and noisy: every figure is the median of several rounds, and what is \
      compared is run in turns.

      Examples:
        bench throughput
        bench large --peers
        bench attacks
        bench defenses --peers
        bench curves --peers
        bench kernels --json
      """,
    version: Program.version,
    subcommands: [
      Throughput.self, LargeTables.self, AttackCosts.self, DefenseCosts.self, CurveCosts.self,
      Kernels.self,
    ],
    defaultSubcommand: Throughput.self)

  static func main() {
    if let missing = Processor.missingInstructionSet {
      let message =
        "error: this program was compiled for \(missing), which this processor lacks; "
        + "build it here with HEMLOCK_MARCH=native\n"
      try? FileHandle.standardError.write(contentsOf: Data(message.utf8))
      Foundation.exit(70)
    }
    BLAS.useOneThread()
    main(nil)
  }
}

/// Prints what was measured as JSON, or as a table with these columns, in which each `group` is set apart.
func show<Row: Encodable>(
  _ rows: [Row], json: Bool, _ columns: [(Table.Column, (Row) -> Table.Value)],
  group: (Row) -> String = { _ in "" }, notes: [String] = []
) {
  guard !json else { return print(JSONText.of(rows), terminator: "") }
  var table = Table(columns.map(\.0))
  for (index, row) in rows.enumerated() {
    if index > 0, group(rows[index - 1]) != group(row) { table.startGroup() }
    table.append(columns.map { $0.1(row) })
  }
  print((table.lines() + notes).joined(separator: "\n"))
}
