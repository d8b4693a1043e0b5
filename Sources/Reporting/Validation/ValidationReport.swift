package import Datasets
import Statistics
package import Validation

/// What `runner validate` found, for people and machines.
package struct ValidationReport: Encodable, Sendable {
  struct Check: Encodable {
    let check: String
    let subject: String?
    let outcome: CheckResult.Outcome
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

  private static let lineLimit = 10_000

  /// Tests that found nothing are shown up to so many.
  private static let shownTests = 12

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

  /// The report on checks of a table, and on its comparison with a reference.
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
        check: check.kind.rawValue, subject: check.subject, outcome: check.outcome,
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

  /// All lines, ready to print.
  package var lines: [String] {
    [
      "\(file): \(Numbers.grouped(rows)) rows, \(Numbers.grouped(columns)) columns"
        + (schema.map { ", against \($0)" } ?? "")
    ] + checkLines + (alpha.map { [""] + testLines(alpha: $0) } ?? [])
  }

  private var checkLines: [String] {
    let failed = checks.filter { $0.outcome == .fails }
    let noted = checks.filter { $0.outcome == .note }
    let table = Table(
      [.text(""), .text("check"), .text("of"), .text("finding")],
      rows: (failed + noted).map { check in
        [
          check.outcome == .fails ? "FAILS" : "note", .text(check.check),
          .text(String((check.subject ?? "all rows").prefix(40))), .text(check.finding),
        ]
      })
    return (table.isEmpty ? [] : [""] + table.lines() + [""])
      + [
        "\(Numbers.grouped(checks.count)) checks: \(Numbers.grouped(failed.count)) fail, "
          + "\(Numbers.grouped(noted.count)) with a note, "
          + "\(Numbers.grouped(checks.count - failed.count - noted.count)) pass"
      ]
  }

  private func testLines(alpha: Double) -> [String] {
    let findings = tests.count { $0.isDrift }
    let ordered = tests.indices.sorted { (tests[$0].pValue, $0) < (tests[$1].pValue, $1) }
    let shown = ordered.prefix(max(Self.shownTests, findings)).map { tests[$0] }
    let table = Table(
      [
        .text(""), .text("test"), .text("column"), .text("rows of"), .count("n"),
        .count("n ref."), .number("statistic", 3), .number("limit", 3), .number("p", 4),
        .number("corrected p", 4),
      ],
      rows: shown.map { test in
        [
          test.isDrift ? "DRIFT" : "ok", .text(test.test), .text(test.column ?? "all numbers"),
          .text(test.label ?? "all classes"), .count(test.fileRows), .count(test.referenceRows),
          .number(test.statistic), .number(test.limit), .probability(test.pValue),
          .probability(test.adjustedPValue),
        ]
      })
    var lines = [
      "compared with \(reference ?? "the reference"), \(Numbers.grouped(tests.count)) tests:", "",
    ]
    lines += table.lines()
    if shown.count < tests.count {
      lines.append("and \(Numbers.grouped(tests.count - shown.count)) more that found nothing")
    }
    lines.append("")
    if !columnsNotCompared.isEmpty {
      lines.append(
        "not compared, as values hardly repeat: \(columnsNotCompared.joined(separator: ", "))")
    }
    if !classesNotCompared.isEmpty {
      lines.append(
        "not compared, as there are fewer than \(Drift.leastRows) rows of it: "
          + classesNotCompared.joined(separator: ", "))
    }
    return lines + [
      findings == 0
        ? "no drift found"
        : "drift: \(Numbers.grouped(findings)) of \(Numbers.grouped(tests.count)) tests",
      "where there is none, a test says so with probability "
        + "\(Numbers.percent(alpha, 1)) % at most, all tests together (Holm)",
    ]
  }
}
