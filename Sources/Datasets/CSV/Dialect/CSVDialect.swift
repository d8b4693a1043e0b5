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

  /// The names of the columns, where another part of the file gives them.
  public var columnNames: [String]?

  /// Whether rows begin with a field that has no place in the header, as R writes row names.
  public var hasRowNames = false

  /// Columns that are left out because they have no name, by index.
  public var unnamedColumns: Set<Int> = []

  /// The texts that a column may hold, in their order, where another part of the file gives them.
  var declaredValues: [[String]?] = []

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
    // Between merged blanks nothing cannot be seen.
    return isFirst && mergesBlanks
  }
}
