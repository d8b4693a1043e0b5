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
    /// Of numbers the difference of means in deviations of the reference, else that of shares of rows.
    let shift: Double?
    let shiftCi95: [Double]?
    /// Of numbers: mean distances from the median, as a multiple of the reference's.
    let spread: Double?
    /// The category whose share has changed most.
    let category: String?
    let psi: Double?
    /// The PSI that chance exceeds with probability alpha.
    let limit: Double?
    /// The shift of a normal column that would have been found in four of five cases.
    let leastShift: Double?
    let tolerance: Double
    let pValue: Double
    let adjustedPValue: Double
    let isDrift: Bool

    /// What the shift is of.
    var subject: String {
      let name = column ?? "all numbers"
      if test == DriftTest.Kind.missing.rawValue { return "\(name) (gaps)" }
      return name + (category.map { ": \($0)" } ?? "")
    }
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
  /// The change that is no drift: of numbers in deviations, and the share of rows that it moves.
  let tolerance: Double?
  let toleratedShare: Double?
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
    tolerance = drift?.tolerance
    toleratedShare = drift.map { DriftTolerance.share($0.tolerance) }
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
        shift: test.size.shift, shiftCi95: test.size.interval?.ends, spread: test.size.spread,
        category: test.size.category, psi: test.size.psi?.value, limit: test.size.psi?.limit,
        leastShift: test.leastShift, tolerance: test.tolerance, pValue: test.pValue,
        adjustedPValue: test.adjusted,
        isDrift: test.adjusted <= drift?.alpha ?? 0)
    }
    columnsNotCompared = drift?.skipped ?? []
    classesNotCompared = drift?.skippedClasses ?? []
  }

  /// All lines, ready to print.
  package var lines: [String] {
    [title] + (checkTable.isEmpty ? [] : [""] + checkTable.lines() + [""]) + [checkSummary]
      + (alpha.map {
        ["", testTitle, ""] + testTable.lines() + [""] + measureLines + findingLines(alpha: $0)
      } ?? [])
  }

  /// The same as a page.
  package var answer: Answer {
    let verdict = passes ? "It passes." : "It does not pass."
    let drift = alpha.map { alpha in
      Answer.Section(
        "Compared with \(reference ?? "the reference")",
        [
          .table(testTable),
          .text(measureLines.joined(separator: "\n").paragraphs + findingLines(alpha: alpha)),
        ])
    }
    return Answer(
      heading: [title],
      [
        Answer.Section(
          "Checks",
          [
            .summary([verdict, checkSummary] + (alpha == nil ? [] : [driftSummary])),
            .table(checkTable),
          ]), drift,
      ].compactMap { $0 })
  }

  private var title: String {
    "\(file): \(Numbers.grouped(rows)) rows, \(Numbers.grouped(columns)) columns"
      + (schema.map { ", against \($0)" } ?? "")
  }

  private var checkTable: Table {
    let shown =
      checks.filter { $0.outcome == .fails } + checks.filter { $0.outcome == .note }
    return Table(
      [.text(""), .text("check"), .text("of"), .text("finding")],
      rows: shown.map { check in
        [
          check.outcome == .fails ? "FAILS" : "note", .text(check.check),
          .text(String((check.subject ?? "all rows").prefix(40))), .text(check.finding),
        ]
      })
  }

  private var checkSummary: String {
    let failed = checks.count { $0.outcome == .fails }
    let noted = checks.count { $0.outcome == .note }
    return "\(Numbers.grouped(checks.count)) checks: \(Numbers.grouped(failed)) fail, "
      + "\(Numbers.grouped(noted)) with a note, "
      + "\(Numbers.grouped(checks.count - failed - noted)) pass"
  }

  private var testTitle: String {
    "compared with \(reference ?? "the reference"), \(Numbers.grouped(tests.count)) tests:"
  }

  private var shownTests: [Test] {
    let findings = tests.count { $0.isDrift }
    let ordered = tests.indices.sorted { (tests[$0].pValue, $0) < (tests[$1].pValue, $1) }
    return ordered.prefix(max(Self.shownTests, findings)).map { tests[$0] }
  }

  private var testTable: Table {
    Table(
      [
        .text(""), .text("column"), .text("rows of"), .count("n"), .count("n ref."),
        .number("shift", 3), .number("95 % interval", 3, key: "ci95"), .number("spread", 2),
        .number("p", 4), .number("corrected p", 4),
      ],
      rows: shownTests.map { test in
        [
          test.isDrift ? "DRIFT" : "ok", .text(String(test.subject.prefix(40))),
          .text(test.label ?? "all classes"), .count(test.fileRows), .count(test.referenceRows),
          .number(test.shift), .interval(test.shiftCi95.map { Interval(from: $0[0], to: $0[1]) }),
          .number(test.spread), .probability(test.pValue), .probability(test.adjustedPValue),
        ]
      })
  }

  /// What the columns of the table are.
  private var measureLines: [String] {
    let shown = shownTests.count
    return
      (shown == tests.count
      ? []
      : ["and \(Numbers.grouped(tests.count - shown)) more that found nothing", ""])
      + [
        "shift: of numbers the difference of means in deviations of the reference; of all numbers its",
        "size along the direction that differs most; of a category, the one that changed most, and of",
        "gaps the difference of shares of rows. spread: mean distances from the median, as a multiple of",
        "the reference's. p: of distribution, location and spread together, or of all shares.",
        "",
      ]
  }

  /// Whether there is drift.
  private var driftSummary: String {
    let findings = tests.count { $0.isDrift }
    return findings == 0
      ? "no drift found\(tolerated)"
      : "drift: \(Numbers.grouped(findings)) of \(Numbers.grouped(tests.count)) tests\(tolerated)"
  }

  /// What was found, and how surely.
  private func findingLines(alpha: Double) -> [String] {
    var lines: [String] = []
    if !columnsNotCompared.isEmpty {
      lines.append(
        "not compared, as values hardly repeat or are dates: "
          + columnsNotCompared.joined(separator: ", "))
    }
    if !classesNotCompared.isEmpty {
      lines.append(
        "not compared, as there are fewer than \(Drift.leastRows) rows of it: "
          + classesNotCompared.joined(separator: ", "))
    }
    let isTolerant = tests.contains { $0.tolerance > 0 }
    return lines + [
      driftSummary,
      "where there is none\(isTolerant ? " beyond that" : ""), a test says so with probability "
        + "\(Numbers.percent(alpha, 1)) % at most, all tests together (Holm)",
    ] + missedLines
  }

  /// What is no drift.
  private var tolerated: String {
    let own = Set(tests.filter { $0.tolerance != tolerance }.compactMap(\.column)).count
    let columns =
      own == 0 ? "" : ", in \(own == 1 ? "one column" : "\(own) columns") what the schema says"
    guard let tolerance, tolerance > 0 else {
      return own == 0 ? "" : " beyond" + columns.dropFirst()
    }
    return
      " beyond \(tolerance) deviations or \(Numbers.percent(toleratedShare ?? 0, 1)) % of the rows"
      + columns
  }

  /// What the tests could not have seen, in the rows with most and with fewest.
  private var missedLines: [String] {
    let numbers = tests.filter { $0.test == DriftTest.Kind.numbers.rawValue }
    guard let most = numbers.max(by: { $0.fileRows < $1.fileRows }),
      let fewest = numbers.min(by: { $0.fileRows < $1.fileRows })
    else { return [] }
    let parts = (most.fileRows == fewest.fileRows ? [most] : [most, fewest]).map { test in
      let rows =
        "of \(test.label.map { "\($0), " } ?? "")\(Numbers.grouped(test.fileRows)) rows"
      return test.leastShift.map { "\(rows) one of \(Numbers.fixed($0, 2)) deviations" }
        ?? "\(rows) none but of all values"
    }
    return ["a shift of a column is found in four of five cases: " + parts.joined(separator: ", ")]
  }
}

extension String {
  /// What stands between empty lines, each on one line.
  fileprivate var paragraphs: [String] {
    split(separator: "\n", omittingEmptySubsequences: false).split { $0.isEmpty }.map {
      $0.joined(separator: " ")
    }
  }
}
