extension DataFile {
  /// The columns of a file whose rows are text: all of their names, and those of the columns left out.
  public struct Columns: Sendable {
    /// The names of all columns.
    public let names: [String]

    /// The names of those that are left out.
    public let leftOut: [String]
  }

  /// The columns that the file has; nil of formats whose rows are no text.
  ///
  /// - Throws: `DatasetsError` where the way rows are written is open, or options name no column.
  public func columns(options: TableOptions) throws(DatasetsError) -> Columns? {
    guard let text = try text(options: options) else { return nil }
    var scanner = CSVScanner(bytes: text.bytes, file: path, dialect: text.dialect)
    let header = try CSVHeader(&scanner, dialect: text.dialect, file: path)
    let columns = try CSVColumns(header, options: options, file: path)
    let leftOut = zip(columns.names, columns.roles).filter { $0.1 == .ignored }.map(\.0)
    return Columns(names: columns.names, leftOut: leftOut)
  }

  /// The rows of the file as those of a data set are read, columns found by their names, in any order.
  ///
  /// `leftOut` are columns of the data that are no features: they may be there or not.
  /// - Throws: `DatasetsError`, and `RowsMismatch` for columns that only the file or only the data have.
  public func dataset(
    like dataset: Dataset, leftOut: [String], options: TableOptions
  ) throws -> Dataset {
    var options = options
    if format.needsTarget { options.target = ColumnReference(dataset.targetName) }
    guard let text = try text(options: options) else { return try self.dataset(options: options) }
    if format.needsTarget {
      var scanner = CSVScanner(bytes: text.bytes, file: path, dialect: text.dialect)
      let header = try CSVHeader(&scanner, dialect: text.dialect, file: path)
      // Columns of which nothing was made need not be there.
      let encoded = dataset.encoding?.columns.filter { $0.kind != .ignored }.map(\.name)
      let unused = dataset.encoding?.columns.filter { $0.kind == .ignored }.map(\.name) ?? []
      let wanted =
        (encoded ?? dataset.featureNames) + [dataset.targetName]
        + (dataset.groups.map { [$0.column] } ?? [])
      options.group = dataset.groups.map { ColumnReference($0.column) }
      // Rows to judge on count alike.
      options.weights = nil
      let names = header.names.enumerated()
        .filter { !header.leftOutColumns.contains($0.offset) || wanted.contains($0.element) }
        .map(\.element)
      let gone = Set(leftOut)
      if let mismatch = RowsMismatch(
        path, missingColumns: wanted.filter { !names.contains($0) },
        unknownColumns: names.filter {
          !wanted.contains($0) && !gone.contains($0) && !unused.contains($0)
        })
      {
        throw mismatch
      }
      options.ignoredColumns = names.filter { gone.contains($0) && !wanted.contains($0) }
        .map { ColumnReference($0) }
    }
    return try CSVReader.read(
      bytes: text.bytes, name: name, file: path, options: options, dialect: text.dialect)
  }
}
