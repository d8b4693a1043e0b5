import Files

/// How the columns of a table in a file are to be understood.
public struct TableOptions: Sendable, Hashable {
  /// Whether the first row holds the column names, where a format can do without them.
  ///
  /// Otherwise they are `column_0`, `column_1`, …. Nil where the file is to show it.
  public var hasHeader: Bool?

  /// Where the class labels are: a column, or what else a format has them in, such as an array or a
  /// file; nil for the last column, or where the format itself says.
  public var target: ColumnReference?

  /// Columns that are checked for their syntax only; one named twice counts once.
  public var ignoredColumns: [ColumnReference]

  /// The column that says which rows belong together, which is no feature; nil for none.
  public var group: ColumnReference?

  /// The column that says how much each row counts in fits, which is no feature; nil for none.
  public var weights: ColumnReference?

  /// Whether `nan`, `inf` and `infinity`, in any case and with a sign or without, are numbers.
  public var allowsNonFinite: Bool

  /// What is said of how a CSV file is written; the rest shows in the file.
  public var dialect = DialectOptions()

  /// What is said of how columns become numbers that are none, or have gaps; nil where such are refused.
  public var encoding: EncodingOptions?

  /// The most bytes that what is read of a file may take; nil for the memory that is available.
  package var memoryLimit: Int?

  /// The most bytes that may be taken.
  var byteLimit: Int { memoryLimit ?? SystemMemory.availableByteCount }

  /// The plain dialect, with a header unless it is said that there is none.
  var plainDialect: CSVDialect {
    var dialect = CSVDialect.plain
    dialect.hasHeader = hasHeader ?? true
    return dialect
  }

  /// Makes options; the defaults read a file with its target in the last column.
  public init(
    hasHeader: Bool? = nil, target: ColumnReference? = nil,
    ignoredColumns: [ColumnReference] = [], allowsNonFinite: Bool = false
  ) {
    (self.hasHeader, self.target) = (hasHeader, target)
    (self.ignoredColumns, self.allowsNonFinite) = (ignoredColumns, allowsNonFinite)
  }
}
