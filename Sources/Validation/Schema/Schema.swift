package import Datasets

/// What the rows of a table must be: its columns, and what holds between them.
package struct Schema: Sendable, Equatable {
  /// The share of the rows that a class may have, 0…1.
  package struct ClassShare: Sendable, Equatable {
    package var label: String
    package var minimum: Double
    package var maximum: Double
  }

  /// The texts that stand for no value, besides nothing itself.
  package static let usualMissingTexts = MissingText.usual

  /// The columns; each must be there.
  package var columns: [ColumnSchema]

  /// What is said of how the file is written.
  package var dialect = DialectOptions()

  /// What is said of how columns become numbers where the file is learnt from.
  package var encoding = EncodingOptions()

  /// Whether the first line has the column names; nil where the file is to show it.
  package var hasHeader: Bool?

  /// Whether there may be columns besides them.
  package var allowsOtherColumns = false

  /// The texts that stand for no value, besides nothing itself.
  package var missingTexts = Schema.usualMissingTexts

  /// The share of rows that may be copies of one before, 0…1.
  package var copies = 1.0

  /// The column of the classes.
  package var target: String?

  /// The shares of classes.
  package var classShares: [ClassShare] = []

  /// What must hold in each row.
  package var rules: [Rule] = []

  /// The probability of finding drift where there is none; nil for what is usual.
  package var alpha: Double?

  /// The change that is no drift, in deviations of the reference; nil for what is usual.
  package var tolerance: Double?

  /// The tolerances of columns that have one of their own.
  package var tolerances: [String: Double] {
    columns.reduce(into: [:]) { $0[$1.name] = $1.tolerance }
  }

  /// The texts that stand for no value in a column: none among the classes, where `NA` is one of them.
  func missingTexts(of column: String) -> Set<String> {
    column == target ? [] : Set(missingTexts)
  }

  /// Whether a cell holds no value: nothing, white space, or a text that stands for it.
  package static func isMissing(_ cell: CSVTable.Cell, texts: Set<String>) -> Bool {
    cell.text.allSatisfy { $0 == " " || $0 == "\t" } || texts.contains(cell.text)
  }
}
