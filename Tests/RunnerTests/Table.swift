import Foundation
import Testing

/// A CSV file as RFC 4180 has it, read by other code than the program's.
struct Table {
  /// The column names.
  let header: [String]

  /// The rows, each with as many fields as the header.
  let rows: [[String]]

  /// Reads a file of a folder.
  init(_ name: String, in folder: URL, sourceLocation: SourceLocation = #_sourceLocation) throws {
    try self.init(folder.text(name), name: name, sourceLocation: sourceLocation)
  }

  /// Reads a text, which must have a header and rows of its width.
  init(
    _ text: String, name: String, sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    var lines: [[String]] = [[]]
    var field = ""
    var isQuoted = false
    var scalars = Array(text.unicodeScalars)[...]
    while let scalar = scalars.popFirst() {
      switch scalar {
      case "\"" where isQuoted && scalars.first == "\"":
        field.unicodeScalars.append("\"")
        scalars.removeFirst()
      case "\"": isQuoted.toggle()
      case "," where !isQuoted:
        lines[lines.count - 1].append(field)
        field = ""
      case "\n" where !isQuoted:
        lines[lines.count - 1].append(field)
        field = ""
        lines.append([])
      default: field.unicodeScalars.append(scalar)
      }
    }
    try #require(
      lines.removeLast().isEmpty && field.isEmpty, "\(name) ends amid a line",
      sourceLocation: sourceLocation)
    header = try #require(lines.first, sourceLocation: sourceLocation)
    rows = Array(lines.dropFirst())
    let (width, rows) = (header.count, rows)
    try #require(
      rows.allSatisfy { $0.count == width }, "\(name) is ragged", sourceLocation: sourceLocation)
  }

  /// The fields of a column.
  func column(_ name: String) throws -> [String] {
    let index = try #require(header.firstIndex(of: name), "no column \(name) in \(header)")
    return rows.map { $0[index] }
  }
}
