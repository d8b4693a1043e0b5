import Documents
import Files

/// The records of a CSV file as they are written, byte for byte.
///
/// A record is what stands between line ends, or what is left at the end of the file; line breaks
/// inside quotation marks belong to it. Neither its line end nor a byte order mark does, so a file
/// saved with other line ends has the same records. So has one that is compressed, or in another encoding:
/// records are those of the text in UTF-8.
package struct CSVRecords: Sendable {
  /// The text that is divided.
  package let bytes: [UInt8]

  /// The bytes of the file: those of the text unless it was unpacked or decoded.
  package let content: [UInt8]

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
    try self.init(bytes, content: bytes, file: file, dialect: dialect.ofText)
  }

  /// Divides the content of a file, which is unpacked and decoded as a dialect says.
  ///
  /// Names above the rows are looked for anew.
  /// - Throws: As above, and `DatasetsError.content`.
  package init(
    content: [UInt8], file: String, dialect: CSVDialect
  ) throws(DatasetsError) {
    var (text, dialect) = (content, dialect)
    if dialect.isCompressed {
      let limit = SystemMemory.availableByteCount
      text = try PackedFile.content(text, file: file, limit: limit) ?? text
    }
    text = try CSVText.decoded(text, dialect.encoding, file: file)
    if dialect.hasCounts, let counts = CountsLine(text) { text = counts.rewritten(text) }
    if let kind = dialect.head?.kind {
      let found = TableHead(kind, above: text, file: file, dialect)
      dialect.head = found ?? TableHead(kind, names: [])
    }
    try self.init(text, content: content, file: file, dialect: dialect)
  }

  private init(
    _ bytes: [UInt8], content: [UInt8], file: String, dialect: CSVDialect
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
    (self.bytes, self.content, self.ranges) = (bytes, content, ranges)
    (self.file, self.dialect) = (file, dialect)
  }

  /// Reads a file.
  ///
  /// - Throws: What `DataFile` does; `DatasetsError.content` for a file whose rows are no text.
  package init(contentsOf path: String, options: TableOptions) throws(DatasetsError) {
    let data = try DataFile(contentsOf: path)
    guard let text = try data.text(options: options) else {
      throw .content(
        path, .file,
        "\(data.format.name) has no lines of text for its rows, which are known by those",
        accepted: "save it as CSV first"
          + (data.format.conversion.map { ": " + $0.replacing("FILE", with: path) } ?? ""))
    }
    var dialect = text.dialect
    dialect.isCompressed = data.isCompressed
    try self.init(text.bytes, content: data.content, file: path, dialect: dialect)
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

  /// Whether the file says what its columns are called.
  package var hasNames: Bool { hasHeader || dialect.head?.names.isEmpty == false }

  private var header: CSVHeader {
    if let names = dialect.head?.names, !names.isEmpty {
      return CSVHeader(names: names, file: file)
    }
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
