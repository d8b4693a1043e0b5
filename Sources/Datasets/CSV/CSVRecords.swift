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

  /// Whether the first record holds the column names.
  package let hasHeader: Bool

  private let ranges: [Range<Int>]

  /// Divides a file; rows may have any number of fields.
  ///
  /// - Throws: `DatasetsError.emptyFile`, and those of syntax, `invalidUTF8` to
  ///   `strayCarriageReturn`.
  /// - Complexity: O(bytes) time; 16 bytes of memory a record.
  package init(bytes: [UInt8], file: String, hasHeader: Bool = true) throws(DatasetsError) {
    var scanner = CSVScanner(bytes: bytes, file: file)
    var ranges: [Range<Int>] = []
    var start: Int?
    while let field = try scanner.next() {
      let written = scanner.writtenRange(of: field)
      let first = start ?? written.lowerBound
      start = field.endsRow ? nil : first
      if field.endsRow { ranges.append(first..<written.upperBound) }
    }
    guard !ranges.isEmpty else { throw .emptyFile(file: file) }
    (self.bytes, self.file, self.hasHeader, self.ranges) = (bytes, file, hasHeader, ranges)
  }

  /// Number of records, the header among them.
  package var recordCount: Int { ranges.count }

  /// Number of rows of data.
  package var rowCount: Int { ranges.count - (hasHeader ? 1 : 0) }

  /// A record, the header being the first.
  package subscript(record: Int) -> ArraySlice<UInt8> { bytes[ranges[record]] }

  /// The fields of a record, with the quotation marks around them.
  package func fields(_ record: Int) -> [ArraySlice<UInt8>] {
    var scanner = CSVScanner(bytes: Array(self[record]), file: file)
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
    var scanner = CSVScanner(bytes: Array(self[record]), file: file)
    var texts: [String] = []
    while let field = try? scanner.next() { texts.append(scanner.text(of: field)) }
    return texts.isEmpty ? [""] : texts
  }

  /// The column names: those of the header, or `column_0`, `column_1`, ….
  package var names: [String] {
    let first = texts(0)
    return hasHeader ? first : first.indices.map { "column_\($0)" }
  }

  /// The contents of one column, row by row.
  ///
  /// - Throws: `DatasetsError.noRows`, `.unknownColumn`, and `.raggedRow` for a row of another
  ///   number of fields than the first.
  package func column(_ reference: ColumnReference) throws(DatasetsError) -> [String] {
    guard rowCount > 0 else { throw .noRows(file: file) }
    let names = names
    let index = try reference.index(among: names, file: file)
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
