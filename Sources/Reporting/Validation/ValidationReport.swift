package import Datasets
import Statistics
package import Validation

/// What `runner validate` found, for people.
package struct ValidationReport: Sendable {
  /// All lines, ready to print.
  package let lines: [String]

  /// Tests that found nothing are shown up to so many.
  private static let shownTests = 12

  /// The report on checks of a table, and on its comparison with a reference.
  package init(
    _ table: CSVTable, checks: [CheckResult], schema: String?, drift: Drift?, reference: String?
  ) {
    var lines = [
      "\(table.file): \(Numbers.grouped(table.rowCount)) rows, "
        + "\(Numbers.grouped(table.names.count)) columns"
        + (schema.map { ", against \($0)" } ?? "")
    ]
    lines += Self.checks(checks)
    if let drift { lines += [""] + Self.tests(drift, reference: reference ?? "the reference") }
    self.lines = lines
  }

  private static func checks(_ checks: [CheckResult]) -> [String] {
    var table = Table([.text(""), .text("check"), .text("of"), .text("finding")])
    let shown =
      checks.filter { $0.outcome == .fails } + checks.filter { $0.outcome == .note }
    for check in shown {
      table.append([
        check.outcome == .fails ? "FAILS" : "note", .text(check.kind.rawValue),
        .text(String((check.subject ?? "all rows").prefix(40))), .text(check.finding),
      ])
    }
    let failed = checks.count { $0.outcome == .fails }
    let noted = checks.count { $0.outcome == .note }
    return (shown.isEmpty ? [] : [""] + table.lines() + [""])
      + [
        "\(Numbers.grouped(checks.count)) checks: \(Numbers.grouped(failed)) fail, "
          + "\(Numbers.grouped(noted)) with a note, "
          + "\(Numbers.grouped(checks.count - failed - noted)) pass"
      ]
  }

  private static func tests(_ drift: Drift, reference: String) -> [String] {
    let findings = drift.findings
    let ordered = drift.tests.indices.sorted {
      (drift.tests[$0].pValue, $0) < (drift.tests[$1].pValue, $1)
    }.map { drift.tests[$0] }
    let shown = ordered.prefix(max(shownTests, findings.count))
    var table = Table([
      .text(""), .text("test"), .text("column"), .text("rows of"), .count("n"), .count("n ref."),
      .number("statistic", 3), .number("limit", 3), .number("p", 4), .number("corrected p", 4),
    ])
    for test in shown {
      table.append([
        test.adjusted <= drift.alpha ? "DRIFT" : "ok", .text(test.kind.rawValue),
        .text(test.column ?? "all numbers"), .text(test.label ?? "all classes"),
        .count(test.counts[0]), .count(test.counts[1]), .number(test.statistic),
        .number(test.limit), .probability(test.pValue), .probability(test.adjusted),
      ])
    }
    var lines = ["compared with \(reference), \(Numbers.grouped(drift.tests.count)) tests:", ""]
    lines += table.lines()
    if shown.count < drift.tests.count {
      lines.append(
        "and \(Numbers.grouped(drift.tests.count - shown.count)) more that found nothing")
    }
    lines.append("")
    if !drift.skipped.isEmpty {
      lines.append(
        "not compared, as values hardly repeat: \(drift.skipped.joined(separator: ", "))")
    }
    if !drift.skippedClasses.isEmpty {
      lines.append(
        "not compared, as there are fewer than \(Drift.leastRows) rows of it: "
          + drift.skippedClasses.joined(separator: ", "))
    }
    lines.append(
      findings.isEmpty
        ? "no drift found"
        : "drift: \(Numbers.grouped(findings.count)) of \(Numbers.grouped(drift.tests.count)) tests"
    )
    lines.append(
      "where there is none, a test says so with probability "
        + "\(Numbers.percent(drift.alpha, 1)) % at most, all tests together (Holm)")
    return lines
  }
}
