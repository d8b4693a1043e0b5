package import Datasets

/// What the values of a column must be.
package struct ColumnSchema: Sendable, Equatable {
  /// What values are.
  package enum Kind: String, CaseIterable, Sendable {
    /// Whole numbers.
    case integer
    /// Finite numbers.
    case number
    /// Anything.
    case text
    /// Dates of ISO 8601, with or without times of day.
    case date

    /// Whether values are numbers, which rules compare.
    var isNumeric: Bool { self == .integer || self == .number }
  }

  /// The name of the column.
  package var name: String

  /// What values are.
  package var kind: Kind

  /// The least number there may be; of dates in days since 1970-01-01.
  package var minimum: Double?

  /// The largest number there may be; of dates in days since 1970-01-01.
  package var maximum: Double?

  /// How few and how many characters a text may have.
  package var length: ClosedRange<Int>?

  /// What the whole of a text must match.
  package var pattern: TextPattern?

  /// The only texts there may be; nil for any.
  package var values: [String]?

  /// The share of rows that may have no value, 0…1.
  package var missing = 0.0

  /// Whether no value may occur twice.
  package var isUnique = false

  /// The change that is no drift; nil for what is said of all columns.
  package var tolerance: Double?

  /// Words for those who edit the schema.
  package var remark: String?

  /// The number that a cell stands for: of dates days since 1970-01-01; nil where it stands for none that is
  /// finite.
  package func number(of cell: CSVTable.Cell) -> Double? {
    kind == .date
      ? ISODate.read(cell.text)?.days : cell.number.flatMap { $0.isFinite ? $0 : nil }
  }
}
