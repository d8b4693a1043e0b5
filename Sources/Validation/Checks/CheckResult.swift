import Datasets

/// What a check of a table has shown.
package struct CheckResult: Sendable, Equatable {
  /// What is checked.
  package enum Kind: String, CaseIterable, Sendable {
    case columns, type, range, length, pattern, values, missing, unique, copies, contradictions,
      classes, rule
    case outliers, constant, suspicion
  }

  /// Whether all is well.
  package enum Outcome: String, Sendable, Encodable {
    /// What must be is.
    case passes
    /// Nothing forbids it, but a person should look.
    case note
    /// What must be is not.
    case fails
  }

  /// What is checked.
  package let kind: Kind

  /// The column or rule; nil for the table as a whole.
  package let subject: String?

  /// Whether all is well.
  package let outcome: Outcome

  /// What was found, in words.
  package let finding: String

  /// The rows concerned, from 0 in ascending order.
  package let rows: [Int]

  init(_ kind: Kind, _ subject: String?, _ outcome: Outcome, _ finding: String, rows: [Int] = []) {
    (self.kind, self.subject, self.outcome) = (kind, subject, outcome)
    (self.finding, self.rows) = (finding, rows)
  }

  /// A note of something that makes accuracy doubtful.
  package init(_ suspicion: Suspicion) {
    self.init(
      .suspicion, suspicion.columns.isEmpty ? nil : suspicion.columns.joined(separator: ", "),
      .note,
      suspicion.finding)
  }

  /// A check that nothing is left of.
  static func passing(_ kind: Kind, _ subject: String? = nil) -> CheckResult {
    CheckResult(kind, subject, .passes, "")
  }

  /// A check that passes without rows and has another outcome with some, which are counted in words,
  /// the first with its value in the column `example`.
  init(
    _ kind: Kind, _ subject: String?, _ outcome: Outcome, _ rows: [Int],
    _ what: (one: String, many: String), _ table: CSVTable, example: Int? = nil, ending: String = ""
  ) {
    let finding = CheckWords.count(rows, what, table, column: example) + ending
    self =
      rows.isEmpty ? .passing(kind, subject) : Self(kind, subject, outcome, finding, rows: rows)
  }
}
