/// A table of text whose columns line up.
public struct TextTable: Sendable {
  /// Where the text of a column stands.
  public enum Alignment: Sendable {
    /// Text: at the left edge.
    case left
    /// Numbers: at the right edge.
    case right
  }

  private let header: [String]
  private let alignments: [Alignment]
  private var rows: [[String]?] = []

  /// A table with the given columns and no rows.
  public init(_ columns: [(title: String, alignment: Alignment)]) {
    header = columns.map(\.title)
    alignments = columns.map(\.alignment)
  }

  /// Adds a row; cells that are missing at the end are empty.
  public mutating func append(_ cells: [String]) {
    rows.append(cells + Array(repeating: "", count: max(0, header.count - cells.count)))
  }

  /// Adds an empty line between groups of rows.
  public mutating func appendGap() {
    rows.append(nil)
  }

  /// The lines of the table, with a rule under the header; no trailing spaces.
  public var lines: [String] {
    let widths = header.indices.map { column in
      ([header] + rows.compactMap { $0 }).map { $0[column].count }.max() ?? 0
    }
    let rule = widths.map { String(repeating: "─", count: $0) }
    return ([header, rule] + rows).map { row in
      guard let row else { return "" }
      let cells = row.indices.map { column in
        let padding = String(repeating: " ", count: widths[column] - row[column].count)
        return alignments[column] == .left ? row[column] + padding : padding + row[column]
      }
      let line = cells.joined(separator: "  ")
      return String(line.reversed().drop { $0 == " " }.reversed())
    }
  }
}
