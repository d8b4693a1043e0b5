package import Datasets
package import Validation

/// What `runner validate` found, for machines.
package struct ValidationRecord: Encodable, Sendable {
  struct Check: Encodable {
    let check: String
    let subject: String?
    let outcome: String
    let finding: String
    let rowCount: Int
    /// Lines of the file, from 1.
    let lines: [Int]
  }

  struct Test: Encodable {
    let test: String
    let column: String?
    let label: String?
    let fileRows: Int
    let referenceRows: Int
    let statistic: Double
    let limit: Double?
    let pValue: Double
    let adjustedPValue: Double
    let isDrift: Bool
  }

  /// Lines of a check that are listed.
  private static let lineLimit = 10_000

  let file: String
  let rows: Int
  let columns: Int
  let schema: String?
  let reference: String?
  let alpha: Double?
  let passes: Bool
  let checks: [Check]
  let tests: [Test]
  let columnsNotCompared: [String]
  let classesNotCompared: [String]

  /// The record of checks of a table, and of its comparison with a reference.
  package init(
    _ table: CSVTable, checks: [CheckResult], schema: String?, drift: Drift?, reference: String?
  ) {
    file = table.file
    rows = table.rowCount
    columns = table.names.count
    self.schema = schema
    self.reference = reference
    alpha = drift?.alpha
    passes = !checks.contains { $0.outcome == .fails } && drift?.findings.isEmpty != false
    self.checks = checks.map { check in
      Check(
        check: check.kind.rawValue, subject: check.subject, outcome: check.outcome.rawValue,
        finding: check.finding, rowCount: check.rows.count,
        lines: check.rows.prefix(Self.lineLimit).map { table.lines[$0] })
    }
    tests = (drift?.tests ?? []).map { test in
      Test(
        test: test.kind.rawValue, column: test.column, label: test.label,
        fileRows: test.counts[0], referenceRows: test.counts[1], statistic: test.statistic,
        limit: test.limit, pValue: test.pValue, adjustedPValue: test.adjusted,
        isDrift: test.adjusted <= drift?.alpha ?? 0)
    }
    columnsNotCompared = drift?.skipped ?? []
    classesNotCompared = drift?.skippedClasses ?? []
  }
}
