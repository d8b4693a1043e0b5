/// The fields of a CSV file as they are written, byte for byte.
///
/// For programs that change some cells of a file and leave all others as they are.
public struct CSVRows: Sendable {
  /// The names of all columns: those of the header, or `column_0`, `column_1`, ….
  public let names: [String]

  /// The column of the class labels.
  public let target: Int

  /// The columns of the features, in the order of the data set's.
  public let features: [Int]

  /// Whether the first row holds the names.
  public let hasHeader: Bool

  /// What the file begins with: a byte order mark, or nothing.
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
    bytes: [UInt8], file: String, options: TableOptions
  ) throws(DatasetsError) {
    var scanner = CSVScanner(bytes: bytes, file: file)
    var ranges: [Range<Int>] = []
    var first: [String] = []
    var isFirst = true
    while let field = try scanner.next() {
      ranges.append(scanner.writtenRange(of: field))
      if isFirst { first.append(scanner.text(of: field)) }
      if field.endsRow { isFirst = false }
    }
    names = options.hasHeader ? first : first.indices.map { "column_\($0)" }
    guard !names.isEmpty else { throw .emptyFile(file: file) }
    let columns = try CSVColumns(names: names, options: options, file: file)
    target = columns.target
    features = columns.roles.indices.filter { columns.roles[$0] == .feature }
    hasHeader = options.hasHeader
    (self.bytes, self.ranges) = (bytes, ranges)
    mark = bytes.prefix((ranges.first?.lowerBound ?? 0))
    let end = ranges[names.count - 1].upperBound
    let isWindows = end < bytes.count && bytes[end] == UInt8(ascii: "\r")
    lineBreak = Array((isWindows ? "\r\n" : "\n").utf8)
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
  public func append(_ fields: [ArraySlice<UInt8>], to text: inout [UInt8]) {
    for (index, field) in fields.enumerated() {
      if index > 0 { text.append(UInt8(ascii: ",")) }
      text += field
    }
    text += lineBreak
  }
}
