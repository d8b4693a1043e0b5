import Documents

/// One field of a CSV file, as a range of its bytes.
struct CSVField {
  let line: Int

  /// The place of the field in its row, from 1.
  let column: Int

  /// The content, without surrounding quotation marks.
  let range: Range<Int>

  /// Whether quotation marks inside are doubled.
  let hasEscapes: Bool

  /// Whether the row ends after the field.
  let endsRow: Bool
}

/// Divides the bytes of a CSV file into fields, in one pass and without copying them.
///
/// Accepts LF and CR LF, an optional byte order mark, final line break and blank last lines; any
/// Unicode text in fields, which RFC 4180 limits to printable ASCII; what a dialect has instead of
/// commas and quotation marks; and nothing else.
///
/// Source: Shafranovich, "Common format and MIME type for comma-separated values (CSV) files",
/// RFC 4180 (2005), section 2.
struct CSVScanner {
  private let bytes: [UInt8]
  private let file: String
  private let dialect: CSVDialect

  /// Where the rows end: blank last lines are none.
  let end: Int

  // Of the dialect, as the loops over all bytes need them.
  private let separator: UInt8
  private let otherSeparator: UInt8
  private let quote: UInt8
  private let hasQuote: Bool
  private let greatestDelimiter: UInt8
  private let trims: Bool

  /// How many bytes are taken.
  private(set) var position: Int

  private var line = 1
  private var column = 0
  private var isInsideRow = false

  init(bytes: [UInt8], file: String, dialect: CSVDialect = .plain) {
    (self.bytes, self.file, self.dialect) = (bytes, file, dialect)
    separator = dialect.mergesBlanks ? .blank : dialect.separator
    otherSeparator = dialect.mergesBlanks ? .tab : separator
    hasQuote = dialect.quote != nil
    quote = dialect.quote ?? .lineFeed
    greatestDelimiter = max(separator, otherSeparator, quote, .carriageReturn)
    trims = dialect.trimsBlanks || dialect.mergesBlanks
    position = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    end = Self.end(of: bytes.span, from: position)
    for _ in 0..<dialect.skippedLineCount { skipLine() }
  }

  /// Where the last line ends that is not blank, with its line break.
  private static func end(of bytes: Span<UInt8>, from start: Int) -> Int {
    var last = bytes.count
    while last > start, bytes[last - 1] == .lineFeed {
      last -= last - 1 > start && bytes[last - 2] == .carriageReturn ? 2 : 1
    }
    guard last > start, last < bytes.count else { return last }
    return last + (bytes[last] == .carriageReturn ? 2 : 1)
  }

  private mutating func skipLine() {
    while position < end, bytes[position] != .lineFeed { position += 1 }
    guard position < end else { return }
    position += 1
    line += 1
  }

  func location(of field: CSVField) -> FileLocation {
    FileLocation(file: file, line: field.line, column: field.column)
  }

  /// The content of `field` with doubled quotation marks made single.
  func content(of field: CSVField) -> ArraySlice<UInt8> {
    guard field.hasEscapes else { return bytes[field.range] }
    var content: [UInt8] = []
    var isEscaped = false
    for byte in bytes[field.range] {
      isEscaped = byte == quote && !isEscaped
      if !isEscaped { content.append(byte) }
    }
    return content[...]
  }

  /// Where `field` stands, with the quotation marks around it.
  func writtenRange(of field: CSVField) -> Range<Int> {
    // Before a field without marks stands a separator, a line break, a byte order mark, or nothing.
    let start = field.range.lowerBound
    guard hasQuote, start > 0, bytes[start - 1] == quote else { return field.range }
    return start - 1..<field.range.upperBound + 1
  }

  func text(of field: CSVField) -> String {
    String(decoding: content(of: field), as: UTF8.self)
  }

  func number(in field: CSVField) -> PlainDecimal {
    // Escaped quotation marks make it text, with or without the doubling.
    dialect.marks.number(bytes.span.extracting(field.range))
  }

  /// The error for a row that ends at, or goes on after, `field` where it should not.
  mutating func raggedRow(
    through field: CSVField, expected: Int
  ) throws(DatasetsError) -> DatasetsError {
    let isBlank = field.column == 1 && field.endsRow && field.range.isEmpty
    var (found, endsRow) = (isBlank ? 0 : field.column, field.endsRow)
    while !endsRow, let next = try next() {
      (found, endsRow) = (next.column, next.endsRow)
    }
    return .raggedRow(
      at: FileLocation(file: file, line: field.line), found: found, expected: expected)
  }

  /// The next field, or nil at the end of the file.
  ///
  /// - Throws: The syntax errors of `DatasetsError`, from `invalidUTF8` to `strayCarriageReturn`.
  mutating func next() throws(DatasetsError) -> CSVField? {
    if !isInsideRow {
      while isAtComment { skipLine() }
      if position >= end { return nil }
      column = 0
    }
    column += 1
    isInsideRow = true
    if trims { skipBlanks() }
    return if hasQuote, position < end, bytes[position] == quote {
      try quotedField()
    } else {
      try plainField()
    }
  }

  private var isAtComment: Bool {
    guard let first = dialect.comment.first, position < end, bytes[position] == first else {
      return false
    }
    return dialect.comment.count == 1 || bytes[position..<end].starts(with: dialect.comment)
  }

  /// Goes on to what is no blank; a tab that parts fields is none.
  private mutating func skipBlanks() {
    while position < end, isBlank(bytes[position]) { position += 1 }
  }

  private func isBlank(_ byte: UInt8) -> Bool {
    byte == .blank || byte == .tab && (separator != .tab || dialect.mergesBlanks)
  }

  /// Goes on to the next row, whatever is wrong with this one.
  ///
  /// - Returns: Whether there may be one.
  mutating func skipRow() -> Bool {
    if isInsideRow { skipLine() }
    isInsideRow = false
    return position < end
  }

  private mutating func plainField() throws(DatasetsError) -> CSVField {
    let start = position
    var allBits: UInt8 = 0
    while position < end {
      let byte = bytes[position]
      // Most bytes of most files are above the comma, then the greatest delimiter.
      if byte <= greatestDelimiter {
        if byte == separator || byte == otherSeparator || byte == .lineFeed
          || byte == .carriageReturn
        {
          break
        }
        if hasQuote, byte == quote {
          throw .strayQuote(at: here, text: excerpt(from: start))
        }
      }
      allBits |= byte
      position += 1
    }
    var last = position
    if trims { while last > start, isBlank(bytes[last - 1]) { last -= 1 } }
    let range = start..<last
    if allBits >= 0x80 { try requireUTF8(range, line: line) }
    return try finish(range, line: line, hasEscapes: false)
  }

  private mutating func quotedField() throws(DatasetsError) -> CSVField {
    let (firstLine, opening) = (line, here)
    position += 1
    let start = position
    var (allBits, hasEscapes): (UInt8, Bool) = (0, false)
    while true {
      guard position < bytes.count else { throw .unterminatedQuote(at: opening) }
      let byte = bytes[position]
      if byte == quote {
        guard position + 1 < bytes.count, bytes[position + 1] == quote else { break }
        hasEscapes = true
        position += 1
      } else if byte == .lineFeed {
        line += 1
      }
      allBits |= byte
      position += 1
    }
    let range = start..<position
    if allBits >= 0x80 { try requireUTF8(range, line: firstLine) }
    position += 1
    if trims, !dialect.mergesBlanks { skipBlanks() }
    return try finish(range, line: firstLine, hasEscapes: hasEscapes)
  }

  /// Takes the separator, line break or end of the file that must follow a field.
  private mutating func finish(
    _ range: Range<Int>, line fieldLine: Int, hasEscapes: Bool
  ) throws(DatasetsError) -> CSVField {
    if position < end {
      switch bytes[position] {
      case separator, otherSeparator:
        break
      case .lineFeed:
        line += 1
        isInsideRow = false
      case .carriageReturn:
        guard position + 1 < end, bytes[position + 1] == .lineFeed else {
          throw .strayCarriageReturn(at: here)
        }
        line += 1
        position += 1
        isInsideRow = false
      default:
        throw .textAfterClosingQuote(at: here, text: excerpt(from: position))
      }
      position += 1
      if isInsideRow, dialect.mergesBlanks { takeTrailingBlanks() }
    } else {
      isInsideRow = false
    }
    return CSVField(
      line: fieldLine, column: column, range: range, hasEscapes: hasEscapes,
      endsRow: !isInsideRow)
  }

  /// Ends the row where nothing but blanks follows the last field.
  private mutating func takeTrailingBlanks() {
    skipBlanks()
    guard position < end else {
      isInsideRow = false
      return
    }
    let isWindows =
      bytes[position] == .carriageReturn && position + 1 < end && bytes[position + 1] == .lineFeed
    guard isWindows || bytes[position] == .lineFeed else { return }
    position += isWindows ? 2 : 1
    line += 1
    isInsideRow = false
  }

  private var here: FileLocation {
    FileLocation(file: file, line: line, column: column)
  }

  /// The text from `start` to the next delimiter, for messages.
  private func excerpt(from start: Int) -> String {
    let end =
      bytes[position...].firstIndex {
        $0 == separator || $0 == otherSeparator || $0 == .lineFeed || $0 == .carriageReturn
      } ?? bytes.count
    return String(decoding: bytes[start..<end], as: UTF8.self)
  }

  /// Delimiters are ASCII, so the file is valid where its fields are.
  private func requireUTF8(_ range: Range<Int>, line: Int) throws(DatasetsError) {
    do throws(UTF8.ValidationError) {
      _ = try UTF8Span(validating: bytes.span.extracting(range))
    } catch {
      let offset = range.lowerBound + error.byteOffsets.lowerBound
      let breaks = bytes[range.lowerBound..<offset].count { $0 == .lineFeed }
      throw .invalidUTF8(
        at: FileLocation(file: file, line: line + breaks, column: column), byte: bytes[offset])
    }
  }
}

extension UInt8 {
  fileprivate static let blank = UInt8(ascii: " ")
  fileprivate static let tab = UInt8(ascii: "\t")
  fileprivate static let lineFeed = UInt8(ascii: "\n")
  fileprivate static let carriageReturn = UInt8(ascii: "\r")
}
