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
  }

  /// The name of the column.
  package var name: String

  /// What values are.
  package var kind: Kind

  /// The least number there may be.
  package var minimum: Double?

  /// The largest number there may be.
  package var maximum: Double?

  /// The only texts there may be; nil for any.
  package var values: [String]?

  /// The share of rows that may have no value, 0…1.
  package var missing = 0.0

  /// Whether no value may occur twice.
  package var isUnique = false

  /// Words for those who edit the schema.
  package var remark: String?
}
