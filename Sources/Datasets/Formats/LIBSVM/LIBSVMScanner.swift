import Documents

/// Divides the bytes of a LIBSVM file into labels and pairs, without copying them.
struct LIBSVMScanner {
  /// What stands between blanks.
  enum Token {
    /// The first of a row.
    case label(Int)
    /// A value of the row, and its index from 1.
    case pair(index: Int, value: Double)
  }

  private let bytes: [UInt8]
  private let file: String
  private var position = 0
  private var line = 1

  /// The index before, in a row; nil between rows.
  private var index: Int?

  init(bytes: [UInt8], file: String) { (self.bytes, self.file) = (bytes, file) }

  /// The next label or pair, or nil at the end of the file.
  ///
  /// - Throws: `DatasetsError.content`.
  mutating func next() throws(DatasetsError) -> Token? {
    while position < bytes.count {
      switch bytes[position] {
      case UInt8(ascii: "\n"):
        position += 1
        line += 1
        index = nil
      case UInt8(ascii: " "), UInt8(ascii: "\t"), UInt8(ascii: "\r"):
        position += 1
      case UInt8(ascii: "#"):
        while position < bytes.count, bytes[position] != UInt8(ascii: "\n") { position += 1 }
      default:
        return try index == nil ? label() : pair(after: index ?? 0)
      }
    }
    return nil
  }

  private mutating func label() throws(DatasetsError) -> Token {
    let range = takeWord()
    guard case .finite(let value) = PlainDecimal(bytes.span.extracting(range)),
      let label = Int(exactly: value), label.magnitude <= 1 << 53
    else {
      throw error(
        "the label \(text(range)) is no integer",
        accepted: "each line begins with one label, an integer such as 1 or -1")
    }
    index = 0
    return .label(label)
  }

  private mutating func pair(after last: Int) throws(DatasetsError) -> Token {
    let range = takeWord()
    var colon = range.lowerBound
    var number = 0
    while colon < range.upperBound, case let digit = bytes[colon] &- UInt8(ascii: "0"), digit <= 9,
      number < 1 << 40
    {
      number = number * 10 + Int(digit)
      colon += 1
    }
    guard colon > range.lowerBound, colon < range.upperBound, bytes[colon] == UInt8(ascii: ":")
    else {
      throw error(
        "\(text(range)) is no pair of index and value",
        accepted: "after the label, pairs such as 3:0.5 are accepted")
    }
    guard number > last else {
      throw error(
        number == 0 ? "the index is 0" : "the index \(number) follows \(last)",
        accepted: "indices count from 1 and ascend in a line")
    }
    guard
      case .finite(let value) = PlainDecimal(bytes.span.extracting(colon + 1..<range.upperBound)),
      abs(value) <= Scaler.largestMagnitude
    else {
      throw error(
        "the value of \(text(range)) is not accepted",
        accepted: "values are plain decimal numbers of magnitudes up to \(Scaler.largestMagnitude)")
    }
    index = number
    return .pair(index: number, value: value)
  }

  private mutating func takeWord() -> Range<Int> {
    let start = position
    // All blanks and line breaks are below the first mark, and a comment can follow at once.
    while position < bytes.count, bytes[position] > 0x20, bytes[position] != UInt8(ascii: "#") {
      position += 1
    }
    // A control character is no word, but must not be met again.
    if position == start { position += 1 }
    return start..<position
  }

  private func text(_ range: Range<Int>) -> String {
    String(decoding: bytes[range], as: UTF8.self).quotedExcerpt
  }

  private func error(_ problem: String, accepted: String) -> DatasetsError {
    .content(file, .line(line), problem, accepted: accepted)
  }
}
