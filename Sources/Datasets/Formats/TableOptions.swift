/// How the columns of a table in a file are to be understood.
public struct TableOptions: Sendable, Hashable {
  /// Whether the first row holds the column names, where a format can do without them; otherwise they
  /// are `column_0`, `column_1`, ….
  public var hasHeader: Bool

  /// The column of the class labels.
  public var target: ColumnReference

  /// Columns that are checked for their syntax only; one named twice counts once.
  public var ignoredColumns: [ColumnReference]

  /// Whether `nan`, `inf` and `infinity`, in any case and with a sign or without, are numbers.
  public var allowsNonFinite: Bool

  /// Makes options; the defaults read a file with a header and its target in the last column.
  public init(
    hasHeader: Bool = true, target: ColumnReference = .last,
    ignoredColumns: [ColumnReference] = [], allowsNonFinite: Bool = false
  ) {
    (self.hasHeader, self.target) = (hasHeader, target)
    (self.ignoredColumns, self.allowsNonFinite) = (ignoredColumns, allowsNonFinite)
  }
}
