extension DataFile {
  /// The names of all columns that the file has, those to be left out too; nothing of formats whose rows
  /// are no text.
  ///
  /// - Throws: `DatasetsError` where the way rows are written is open.
  public func columnNames(options: TableOptions) throws(DatasetsError) -> [String] {
    guard let text = try text(options: options) else { return [] }
    var scanner = CSVScanner(bytes: text.bytes, file: path, dialect: text.dialect)
    return try CSVHeader(&scanner, dialect: text.dialect, file: path).names
  }
}
