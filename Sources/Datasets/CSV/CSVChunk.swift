/// Some rows of a CSV file without quotation marks, of which nothing is out of the ordinary.
///
/// What `CSVScanner` and `CSVBody` read of them is read here in one loop; whatever they would refuse,
/// or read in another way, makes the chunk nil, so that they are asked.
struct CSVChunk: Sendable {
  /// The features, row by row.
  var features: [Double] = []

  /// The different labels, as they are written, in the order in which they come.
  private(set) var names: [ArraySlice<UInt8>] = []

  /// Which of the names each row has.
  private(set) var labels: [Int] = []

  private var places: [ArraySlice<UInt8>: Int] = [:]

  /// Up to so many labels are compared with each name rather than hashed.
  private static let fewNames = 16

  /// Reads the rows in a range that begins with a row and ends with one, with or without its line
  /// break.
  ///
  /// - Complexity: O(range).
  init?(
    _ bytes: [UInt8], _ range: Range<Int>, _ columns: CSVColumns, _ dialect: CSVDialect,
    allowsNonFinite: Bool
  ) {
    let roles = columns.roles
    let (separator, decimal) = (dialect.separator, dialect.marks.decimal)
    let delimiters = CSVDelimiters(dialect)
    let comment = dialect.comment.first
    let span = bytes.span
    var position = range.lowerBound
    var column = 0
    reserve(span, range, columns)
    while position < range.upperBound {
      let start = position
      // What comment lines begin with, whether this is one or not.
      if column == 0, let comment, span[position] == comment { return nil }
      switch roles[column] {
      case .feature:
        let fast = CSVNumber(
          span, from: &position, to: range.upperBound, separator: separator, decimal: decimal)
        if let fast {
          features.append(fast.value)
        } else {
          guard delimiters.skipField(span, &position, range.upperBound) != nil else { return nil }
          switch dialect.marks.number(span.extracting(start..<position)) {
          case .finite(let value) where abs(value) <= Scaler.largestMagnitude:
            features.append(value)
          case .nonFinite(let value) where allowsNonFinite:
            features.append(value)
          default: return nil
          }
        }
      case .target:
        guard let isASCII = delimiters.skipField(span, &position, range.upperBound),
          isASCII || Self.isUTF8(span.extracting(start..<position))
        else { return nil }
        let label = dialect.trimsBlanks ? Self.trimmed(span, start..<position) : start..<position
        guard !label.isEmpty else { return nil }
        labels.append(place(of: bytes, span, label))
      case .ignored:
        guard let isASCII = delimiters.skipField(span, &position, range.upperBound),
          isASCII || Self.isUTF8(span.extracting(start..<position))
        else { return nil }
      }
      column += 1
      guard position < range.upperBound else { break }
      if span[position] == separator {
        position += 1
        // Nothing after a last separator is an empty field.
        guard column < roles.count, position < range.upperBound else { return nil }
      } else {
        if span[position] == UInt8(ascii: "\r") {
          position += 1
          guard position < range.upperBound, span[position] == UInt8(ascii: "\n") else {
            return nil
          }
        }
        position += 1
        guard column == roles.count else { return nil }
        column = 0
      }
    }
    guard column == 0 || column == roles.count else { return nil }
    places = [:]
  }

  /// Makes room for as many rows as the first one lets expect.
  private mutating func reserve(_ span: Span<UInt8>, _ range: Range<Int>, _ columns: CSVColumns) {
    var end = range.lowerBound
    while end < range.upperBound, span[end] != UInt8(ascii: "\n") { end += 1 }
    let rows = range.count / (end + 1 - range.lowerBound) * 9 / 8 + 1
    labels.reserveCapacity(rows)
    features.reserveCapacity(min(rows * (columns.count - 1), range.count))
  }

  /// The place of a label among the names, a new one where it has none.
  private mutating func place(
    of bytes: [UInt8], _ span: Span<UInt8>, _ range: Range<Int>
  ) -> Int {
    if names.count <= Self.fewNames {
      candidates: for (place, name) in names.enumerated() where name.count == range.count {
        let start = name.startIndex
        for offset in 0..<range.count where span[start + offset] != span[range.lowerBound + offset]
        {
          continue candidates
        }
        return place
      }
    } else if let place = places[bytes[range]] {
      return place
    }
    if names.count == Self.fewNames {
      for (place, name) in names.enumerated() { places[name] = place }
    }
    names.append(bytes[range])
    if names.count > Self.fewNames { places[bytes[range]] = names.count - 1 }
    return names.count - 1
  }

  /// What is left of a field without the blanks around it.
  static func trimmed(_ span: Span<UInt8>, _ range: Range<Int>) -> Range<Int> {
    func isBlank(_ byte: UInt8) -> Bool { byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") }
    var (start, end) = (range.lowerBound, range.upperBound)
    while start < end, isBlank(span[start]) { start += 1 }
    while end > start, isBlank(span[end - 1]) { end -= 1 }
    return start..<end
  }

  static func isUTF8(_ span: Span<UInt8>) -> Bool {
    (try? UTF8Span(validating: span)) != nil
  }
}

/// The bytes that end a field, or make it one that the scanner must read.
struct CSVDelimiters {
  private let separator: UInt8
  private let quote: UInt8
  private let greatest: UInt8

  init(_ dialect: CSVDialect) {
    separator = dialect.separator
    // A line feed ends fields before it is asked for as a mark.
    quote = dialect.quote ?? UInt8(ascii: "\n")
    greatest = max(separator, quote, UInt8(ascii: "\r"))
  }

  /// Goes to the end of a field, and says whether it is ASCII; nil where there is a quotation mark.
  @inline(__always)
  func skipField(_ span: Span<UInt8>, _ position: inout Int, _ end: Int) -> Bool? {
    var allBits: UInt8 = 0
    while position < end {
      let byte = span[position]
      if byte <= greatest {
        if byte == separator || byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\r") { break }
        if byte == quote { return nil }
      }
      allBits |= byte
      position += 1
    }
    return allBits < 0x80
  }
}
