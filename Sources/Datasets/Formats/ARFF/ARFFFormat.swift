/// Weka's attribute-relation files: names and kinds of columns, and then rows as CSV has them.
///
/// Rows that list their values by index, between braces, are refused.
public struct ARFFFormat: TextFormat {
  /// ARFF.
  public let name = "ARFF"

  /// The usual ending.
  public let fileEndings = ["arff"]

  /// Any column may have the labels.
  public let needsTarget = true

  /// The format, of which there is one.
  public init() {}

  /// Whether the first line that is no comment is `@RELATION`.
  public func recognizes(_ bytes: [UInt8]) -> Bool { ARFFHeader.recognizes(bytes) }

  /// The rows, whose names the header gives.
  public func text(
    _ bytes: [UInt8], file: String, options: TableOptions
  ) throws(DatasetsError) -> CSVText? {
    let header = try ARFFHeader(bytes, file: file)
    var dialect = CSVDialect.plain
    dialect.head = TableHead(.arff, names: header.names, values: header.values)
    dialect.gapText = "?"
    dialect.hasHeader = false
    dialect.skippedLineCount = header.lineCount
    dialect.comment = Array("%".utf8)
    dialect.trimsBlanks = true
    dialect.quote = Self.quote(bytes, dialect)
    let sample = DialectSample(
      bytes.prefix(DialectSample.byteLimit), isCut: bytes.count > DialectSample.byteLimit, dialect)
    if let first = sample.records.first, first.written.first == UInt8(ascii: "{") {
      throw .content(
        file, .line(first.line), "the row lists its values by index",
        accepted: "rows of a value for each attribute are accepted")
    }
    return CSVText(bytes: bytes, dialect: dialect, remark: nil)
  }

  /// The mark that the first quoted field has; both are allowed.
  private static func quote(_ bytes: [UInt8], _ dialect: CSVDialect) -> UInt8 {
    var line = 0
    for text in bytes.prefix(DialectSample.byteLimit).split(
      separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    {
      line += 1
      guard line > dialect.skippedLineCount else { continue }
      let mark = text.first { $0 == UInt8(ascii: "'") || $0 == UInt8(ascii: "\"") }
      if let mark { return mark }
    }
    return UInt8(ascii: "'")
  }
}
