import Documents

/// The records of a CSV file as they are written, byte for byte.
///
/// A record is what stands between line ends, or what is left at the end of the file; line breaks
/// inside quotation marks belong to it. Neither its line end nor a byte order mark does, so a file
/// saved with other line ends has the same records.
package struct CSVRecords: Sendable {
  /// The whole file.
  package let bytes: [UInt8]

  /// The file as errors call it.
  package let file: String

  /// How the file is written.
  package let dialect: CSVDialect

  /// What was found of that and not asked for; nil where nothing was.
  package private(set) var remark: String?

  /// Whether the first record holds the column names.
  package var hasHeader: Bool { dialect.hasHeader }

  private let ranges: [Range<Int>]

  /// Divides a file; rows may have any number of fields.
  ///
  /// - Throws: `DatasetsError.emptyFile`, and those of syntax, `invalidUTF8` to
  ///   `strayCarriageReturn`.
  /// - Complexity: O(bytes) time; 16 bytes of memory a record.
  package init(
    bytes: [UInt8], file: String, dialect: CSVDialect = .plain
  ) throws(DatasetsError) {
    var scanner = CSVScanner(bytes: bytes, file: file, dialect: dialect)
    var ranges: [Range<Int>] = []
    var start: Int?
    while let field = try scanner.next() {
      let written = scanner.writtenRange(of: field)
      let first = start ?? written.lowerBound
      start = field.endsRow ? nil : first
      if field.endsRow { ranges.append(first..<written.upperBound) }
    }
    guard !ranges.isEmpty else { throw .emptyFile(file: file) }
    (self.bytes, self.file, self.dialect, self.ranges) = (bytes, file, dialect, ranges)
  }

  /// Reads a file, whose records are those of its own bytes.
  ///
  /// - Throws: What `DataFile` does; `DatasetsError.content` for a file whose text is not its bytes.
  package init(contentsOf path: String, options: TableOptions) throws(DatasetsError) {
    let data = try DataFile(contentsOf: path)
    let text = try data.text(options: options)
    guard let text, text.dialect.encoding == .utf8, text.dialect.columnNames == nil,
      !data.isCompressed
    else {
      throw .content(
        path, .file, "its rows are not bytes of the file, as it is compressed or no CSV in UTF-8",
        accepted: "save the table as CSV in UTF-8 first")
    }
    try self.init(bytes: text.bytes, file: path, dialect: text.dialect)
    remark = text.remark
  }

  /// Number of records, the header among them.
  package var recordCount: Int { ranges.count }

  /// Number of rows of data.
  package var rowCount: Int { ranges.count - (hasHeader ? 1 : 0) }

  /// A record, the header being the first.
  package subscript(record: Int) -> ArraySlice<UInt8> { bytes[ranges[record]] }

  /// The fields of a record, with the quotation marks around them.
  package func fields(_ record: Int) -> [ArraySlice<UInt8>] {
    var scanner = scanner(of: record)
    var fields: [ArraySlice<UInt8>] = []
    let start = ranges[record].lowerBound
    // A record was divided before, so it has no error, and an empty one has one empty field.
    while let field = try? scanner.next() {
      let range = scanner.writtenRange(of: field)
      fields.append(bytes[start + range.lowerBound..<start + range.upperBound])
    }
    return fields.isEmpty ? [bytes[start..<start]] : fields
  }

  /// The contents of the fields of a record, without quotation marks.
  package func texts(_ record: Int) -> [String] {
    var scanner = scanner(of: record)
    var texts: [String] = []
    while let field = try? scanner.next() { texts.append(scanner.text(of: field)) }
    return texts.isEmpty ? [""] : texts
  }

  private func scanner(of record: Int) -> CSVScanner {
    var dialect = dialect
    (dialect.skippedLineCount, dialect.comment) = (0, [])
    return CSVScanner(bytes: Array(self[record]), file: file, dialect: dialect)
  }

  /// The column names: those of the header, or `column_0`, `column_1`, ….
  package var names: [String] { header.names }

  private var header: CSVHeader {
    var first = texts(0)
    if !hasHeader { first = first.indices.map { "column_\($0)" } }
    if hasHeader, dialect.hasRowNames { first.insert("", at: 0) }
    return CSVHeader(names: first, file: file)
  }

  /// The contents of one column, row by row.
  ///
  /// - Throws: `DatasetsError.noRows`, `.unknownColumn`, and `.raggedRow` for a row of another
  ///   number of fields than the first.
  package func column(_ reference: ColumnReference) throws(DatasetsError) -> [String] {
    guard rowCount > 0 else { throw .noRows(file: file) }
    let header = header
    let names = header.names
    let index = try header.index(of: reference)
    var column: [String] = []
    for record in (hasHeader ? 1 : 0)..<recordCount {
      let texts = texts(record)
      guard texts.count == names.count else {
        throw .raggedRow(
          at: FileLocation(file: file, line: line(of: record)), found: texts.count,
          expected: names.count)
      }
      column.append(texts[index])
    }
    return column
  }

  /// The line, from 1, on which a record begins.
  package func line(of record: Int) -> Int {
    bytes[..<ranges[record].lowerBound].count { $0 == UInt8(ascii: "\n") } + 1
  }
}
