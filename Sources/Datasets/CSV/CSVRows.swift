/// The fields of a CSV file as they are written, byte for byte.
///
/// For programs that change some cells of a file and leave all others as they are.
public struct CSVRows: Sendable {
  /// The names of all columns: those of the header, or `column_0`, `column_1`, ….
  public let names: [String]

  /// The column of the class labels.
  public let target: Int

  /// The columns of the features, in the order of the data set's, or of its encoding where it has one.
  public private(set) var features: [Int]

  /// How the file is written.
  public let dialect: CSVDialect

  /// Whether the first row holds the names.
  public var hasHeader: Bool { dialect.hasHeader }

  /// What comes before the first row: a byte order mark, lines that are skipped, or nothing.
  public let mark: ArraySlice<UInt8>

  /// What ends the first row: LF or CR LF; LF where there is but one row.
  public let lineBreak: [UInt8]

  /// The whole file.
  package let bytes: [UInt8]

  /// The fields of all rows, the header among them, row after row.
  private let ranges: [Range<Int>]

  /// Divides a file that `CSVReader` has read with the same options.
  ///
  /// - Throws: `DatasetsError` where the reader would.
  /// - Complexity: O(bytes) time; 16 bytes of memory a field.
  public init(
    bytes: [UInt8], file: String, options: TableOptions, dialect: CSVDialect? = nil
  ) throws(DatasetsError) {
    let dialect = dialect ?? options.plainDialect
    var scanner = CSVScanner(bytes: bytes, file: file, dialect: dialect)
    var ahead = scanner
    let header = try CSVHeader(&ahead, dialect: dialect, file: file)
    let columns = try CSVColumns(header, options: options, file: file)
    var ranges: [Range<Int>] = []
    while let field = try scanner.next() {
      let range = scanner.writtenRange(of: field)
      // Nothing is written above row names.
      if ranges.isEmpty, dialect.hasRowNames, dialect.hasHeader {
        ranges.append(range.lowerBound..<range.lowerBound)
      }
      ranges.append(range)
    }
    names = columns.names
    target = columns.target
    features = columns.roles.indices.filter { columns.roles[$0] == .feature }
    (self.bytes, self.ranges, self.dialect) = (bytes, ranges, dialect)
    mark = bytes.prefix(ranges.first?.lowerBound ?? 0)
    let end = ranges[names.count - 1].upperBound
    let isWindows = end < bytes.count && bytes[end] == UInt8(ascii: "\r")
    lineBreak = Array((isWindows ? "\r\n" : "\n").utf8)
  }

  /// The same, with the columns alone that a data set was made of.
  func reading(_ dataset: Dataset) -> CSVRows {
    var places: [[UInt8]: Int] = [:]
    for (index, name) in names.enumerated() { places[Array(name.utf8)] = index }
    let read = dataset.encoding?.columns.filter { $0.kind != .ignored }.map(\.name)
    var rows = self
    rows.features = (read ?? dataset.featureNames).compactMap { places[Array($0.utf8)] }
    return rows
  }

  /// What comes before the first row, with columns of texts behind those that it speaks of.
  public func mark(adding columns: [String]) -> [UInt8] {
    guard let head = dialect.head else { return Array(mark) }
    return head.adding(
      columns, to: mark, separator: dialect.mergesBlanks ? UInt8(ascii: " ") : dialect.separator,
      field: field)
  }

  /// Number of rows of data.
  public var count: Int { ranges.count / names.count - (hasHeader ? 1 : 0) }

  /// The fields of the header, with the quotation marks around them; none without one.
  public var header: [ArraySlice<UInt8>] { hasHeader ? record(0) : [] }

  /// The fields of a row of data, with the quotation marks around them.
  public func fields(_ row: Int) -> [ArraySlice<UInt8>] { record(row + (hasHeader ? 1 : 0)) }

  private func record(_ index: Int) -> [ArraySlice<UInt8>] {
    ranges[index * names.count..<(index + 1) * names.count].map { bytes[$0] }
  }

  /// Adds a row of fields, which are as they are written, to the text of a file like this one.
  ///
  /// - Precondition: No row is the first under row names.
  public func append(_ fields: [ArraySlice<UInt8>], to text: inout [UInt8]) {
    for (index, field) in fields.enumerated() {
      if index > 0 {
        text.append(dialect.mergesBlanks ? UInt8(ascii: " ") : dialect.separator)
        if dialect.trimsBlanks { text.append(UInt8(ascii: " ")) }
      }
      text += field
    }
    text += lineBreak
  }

  /// A number as the file writes them, with the fewest digits that give it back.
  public func field(_ value: Double) -> ArraySlice<UInt8> {
    field(number(CSVWriter.field(value)))
  }

  /// A plain decimal with the file's mark before its fraction.
  public func number(_ text: String) -> String {
    String(
      decoding: text.utf8.map { $0 == UInt8(ascii: ".") ? dialect.marks.decimal : $0 },
      as: UTF8.self)
  }

  /// A text as the file writes them, in quotation marks where it needs them.
  public func field(_ text: String) -> ArraySlice<UInt8> { quoted(Array(text.utf8)) }

  private func quoted(_ text: [UInt8]) -> ArraySlice<UInt8> {
    guard let quote = dialect.quote, dialect.needsQuotes(text) else { return text[...] }
    var field = [quote]
    for byte in text {
      field.append(byte)
      if byte == quote { field.append(byte) }
    }
    field.append(quote)
    return field[...]
  }
}
