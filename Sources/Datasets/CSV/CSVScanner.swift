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
/// Accepts LF and CR LF, an optional byte order mark, final line break and blank last line; any
/// Unicode text in fields, which RFC 4180 limits to printable ASCII; and nothing else.
///
/// Source: Shafranovich, "Common format and MIME type for comma-separated values (CSV) files",
/// RFC 4180 (2005), section 2.
struct CSVScanner {
  private let bytes: [UInt8]
  private let file: String

  /// How many bytes are taken.
  private(set) var position: Int

  private var line = 1
  private var column = 0
  private var isInsideRow = false

  init(bytes: [UInt8], file: String) {
    (self.bytes, self.file) = (bytes, file)
    position = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
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
      isEscaped = byte == .quote && !isEscaped
      if !isEscaped { content.append(byte) }
    }
    return content[...]
  }

  /// Where `field` stands, with the quotation marks around it.
  func writtenRange(of field: CSVField) -> Range<Int> {
    // Before a field without marks stands a comma, a line break, a byte order mark, or nothing.
    let start = field.range.lowerBound
    guard start > 0, bytes[start - 1] == .quote else { return field.range }
    return start - 1..<field.range.upperBound + 1
  }

  func text(of field: CSVField) -> String {
    String(decoding: content(of: field), as: UTF8.self)
  }

  func number(in field: CSVField) -> PlainDecimal {
    // Escaped quotation marks make it text, with or without the doubling.
    PlainDecimal(bytes.span.extracting(field.range))
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
      if isAtEnd { return nil }
      column = 0
    }
    column += 1
    return if position < bytes.count, bytes[position] == .quote {
      try quotedField()
    } else {
      try plainField()
    }
  }

  /// Whether nothing follows but one blank line at most.
  private var isAtEnd: Bool {
    switch bytes.count - position {
    case 0: true
    case 1: bytes[position] == .lineFeed
    case 2: bytes[position] == .carriageReturn && bytes[position + 1] == .lineFeed
    default: false
    }
  }

  private mutating func plainField() throws(DatasetsError) -> CSVField {
    let start = position
    var allBits: UInt8 = 0
    while position < bytes.count {
      let byte = bytes[position]
      // Most bytes of most files are above the comma, the greatest delimiter.
      if byte <= .comma {
        if byte == .comma || byte == .lineFeed || byte == .carriageReturn { break }
        if byte == .quote {
          throw .strayQuote(at: here, text: excerpt(from: start))
        }
      }
      allBits |= byte
      position += 1
    }
    let range = start..<position
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
      if byte == .quote {
        guard position + 1 < bytes.count, bytes[position + 1] == .quote else { break }
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
    return try finish(range, line: firstLine, hasEscapes: hasEscapes)
  }

  /// Takes the comma, line break or end of the file that must follow a field.
  private mutating func finish(
    _ range: Range<Int>, line fieldLine: Int, hasEscapes: Bool
  ) throws(DatasetsError) -> CSVField {
    isInsideRow = false
    if position < bytes.count {
      switch bytes[position] {
      case .comma:
        isInsideRow = true
      case .lineFeed:
        line += 1
      case .carriageReturn:
        guard position + 1 < bytes.count, bytes[position + 1] == .lineFeed else {
          throw .strayCarriageReturn(at: here)
        }
        line += 1
        position += 1
      default:
        throw .textAfterClosingQuote(at: here, text: excerpt(from: position))
      }
      position += 1
    }
    return CSVField(
      line: fieldLine, column: column, range: range, hasEscapes: hasEscapes,
      endsRow: !isInsideRow)
  }

  private var here: FileLocation {
    FileLocation(file: file, line: line, column: column)
  }

  /// The text from `start` to the next delimiter, for messages.
  private func excerpt(from start: Int) -> String {
    let end =
      bytes[position...].firstIndex {
        $0 == .comma || $0 == .lineFeed || $0 == .carriageReturn
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
  fileprivate static let quote = UInt8(ascii: "\"")
  fileprivate static let comma = UInt8(ascii: ",")
  fileprivate static let lineFeed = UInt8(ascii: "\n")
  fileprivate static let carriageReturn = UInt8(ascii: "\r")
}
