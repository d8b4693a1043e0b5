/// How the fields of a CSV file are written, once that is known.
public struct CSVDialect: Sendable, Hashable {
  /// What parts fields: one byte of ASCII.
  public var separator = UInt8(ascii: ",")

  /// Whether any number of blanks and tabs parts fields, and those around rows are nothing.
  public var mergesBlanks = false

  /// Whether blanks before and after a field are no part of it.
  public var trimsBlanks = false

  /// What may stand around a field; nil where nothing does.
  public var quote: UInt8? = UInt8(ascii: "\"")

  /// What lines begin with that are skipped, up to two bytes; empty where no line is.
  public var comment: [UInt8] = []

  /// How many lines come before the first row.
  public var skippedLineCount = 0

  /// The marks in numbers.
  public var marks = NumberMarks.plain

  /// What the bytes of the file stand for.
  public var encoding = TextEncoding.utf8

  /// Whether the first row holds the column names.
  public var hasHeader = true

  /// What says more of the columns than a row of names; the rows below have no header then.
  public var head: TableHead?

  /// The column of the classes, by index, where the file says which it is.
  public var target: Int?

  /// Whether rows begin with a field that has no place in the header, as R writes row names.
  public var hasRowNames = false

  /// Columns that are left out unasked, by index: they have no name, or are no features as the file says.
  public var leftOutColumns: Set<Int> = []

  /// Whether the bytes of the file are compressed.
  public var isCompressed = false

  /// Whether the first line of the file has counts and class names, which the text has put in their places.
  public var hasCounts = false

  /// What stands for no value in every column, as the format has it; nil where it has nothing for that.
  var gapText: String?

  /// Commas, points and UTF-8, as RFC 4180 and this project's files have them.
  public static let plain = CSVDialect()

  /// The plain dialect, which is then changed.
  public init() {}

  /// Whether a field must be quoted where a row is written in this dialect.
  func needsQuotes(_ field: some Collection<UInt8>) -> Bool {
    if field.starts(with: [0xEF, 0xBB, 0xBF]) { return true }
    var isFirst = true
    for byte in field {
      if byte == separator || byte == quote || byte == UInt8(ascii: "\n")
        || byte == UInt8(ascii: "\r")
        || (mergesBlanks || trimsBlanks)
          && (byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t"))
        || isFirst && byte == comment.first
      {
        return true
      }
      isFirst = false
    }
    // Between merged blanks nothing cannot be seen, and ARFF has no other way to write it.
    return isFirst && (mergesBlanks || head?.kind == .arff)
  }
}

extension CSVDialect {
  /// The dialect of a text that was unpacked and decoded.
  package var ofText: CSVDialect {
    var dialect = self
    (dialect.encoding, dialect.isCompressed, dialect.hasCounts) = (.utf8, false, false)
    return dialect
  }
}
