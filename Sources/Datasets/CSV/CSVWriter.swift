/// Builds the text of a CSV file row by row.
///
/// Rows end in a line feed. A field is quoted only if it holds a comma, a quotation mark or a line
/// break, begins with a byte order mark, or is empty and alone in its row, which would otherwise be
/// a blank line.
public struct CSVWriter: Sendable {
  /// The rows so far.
  public private(set) var text = ""

  /// The number of fields in every row, once there is one.
  private var width: Int?

  /// Makes a writer without rows.
  public init() {}

  /// Makes a writer whose first row holds the column names.
  ///
  /// - Precondition: `header` is not empty.
  public init(header: [String]) {
    append(header)
  }

  /// Adds a row.
  ///
  /// - Precondition: There is at least one field, and as many as in the rows before.
  public mutating func append(_ fields: [String]) {
    precondition(
      !fields.isEmpty && fields.count == width ?? fields.count,
      "A row of \(fields.count) fields after rows of \(width ?? 1)")
    width = fields.count
    text += fields == [""] ? "\"\"" : fields.map(Self.quoted).joined(separator: ",")
    text += "\n"
  }

  /// The shortest decimal that reads back to the same double; also `nan`, `inf` and `-inf`.
  public static func field(_ value: Double) -> String {
    value.description
  }

  /// A text as a field, in quotation marks where it needs them.
  public static func quoted(_ field: String) -> String {
    // By bytes: a comma with a combining accent, or CR LF, is a single Character.
    let needsQuotes = field.utf8.contains { byte in
      byte == UInt8(ascii: ",") || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\n")
        || byte == UInt8(ascii: "\r")
    }
    guard needsQuotes || field.unicodeScalars.first == "\u{FEFF}" else { return field }
    var text = "\""
    for scalar in field.unicodeScalars {
      text.unicodeScalars.append(scalar)
      if scalar == "\"" { text.unicodeScalars.append(scalar) }
    }
    return text + "\""
  }
}
