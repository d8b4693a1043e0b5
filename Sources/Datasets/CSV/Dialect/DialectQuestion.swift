public import Documents

/// What the beginning of a CSV file leaves open about how the file is written.
public struct DialectQuestion: Sendable, Equatable {
  /// What is open.
  public enum Subject: Sendable, Equatable {
    /// Several bytes part all rows into equally many fields.
    case separator([UInt8])

    /// A number such as `1,234`, in which the mark may part thousands or stand before the fraction.
    case mark(UInt8, example: String)

    /// Numbers with points and with commas before the fraction.
    case mixedMarks(point: String, comma: String)

    /// A first row that may be names or data.
    case header(example: String)

    /// A first row of another number of fields than all others, which agree.
    case unevenHeader(found: Int, expected: Int)

    /// A line that begins as comments do, and has as many fields as the rows.
    case comment(mark: [UInt8], example: String)
  }

  /// What is open.
  public let subject: Subject

  /// The line that shows it.
  public let location: FileLocation
}

extension DialectQuestion: CustomStringConvertible {
  /// Where, and what may be meant, in one line.
  public var description: String {
    let what =
      switch subject {
      case .separator(let bytes):
        "fields may be parted by "
          + bytes.map(CSVDialect.name(ofSeparator:)).joined(separator: " or by ")
      case .mark(let mark, let example):
        "\(example.quotedExcerpt) may be a whole number with "
          + "\(mark == UInt8(ascii: ",") ? "a comma" : "a point") between thousands, or one with a "
          + "fraction; no number in the first \(DialectSample.byteLimit / 1024) kB tells"
      case .mixedMarks(let point, let comma):
        "\(point.quotedExcerpt) has a point and \(comma.quotedExcerpt) a comma before the fraction"
      case .header(let example):
        "\(example.quotedExcerpt) in the first line may be the name of a column or data"
      case .unevenHeader(let found, let expected):
        "the first row has \(found) fields and all others have \(expected)"
      case .comment(_, let example):
        "the line \(example.quotedExcerpt) may be a comment or the names of the columns"
      }
    return "\(location): \(what)"
  }
}

extension CSVDialect {
  /// What people call a separator.
  static func name(ofSeparator byte: UInt8) -> String {
    switch byte {
    case UInt8(ascii: ","): "commas"
    case UInt8(ascii: ";"): "semicolons"
    case UInt8(ascii: "\t"): "tabs"
    case UInt8(ascii: "|"): "vertical bars"
    case UInt8(ascii: " "): "blanks"
    default: "\"\(String(decoding: [byte], as: UTF8.self))\""
    }
  }
}
