package import Provenance

/// The rows in which two versions differ, for people and machines.
package struct TableDiffReport: Encodable, Sendable {
  struct Row: Encodable {
    let kind: TableDiff.Row.Kind
    let old: Int?
    let new: Int?
    let fields: [TableDiff.Field]?
  }

  /// Rows that are named; all are by --json.
  private static let limit = 50

  let old: String
  let new: String
  let method = "rows matched by hash as a multiset; longest increasing run stays in place"
  let headerDiffers: Bool
  let addedColumns: [String]
  let removedColumns: [String]
  let comparesSharedColumns: Bool
  let removed: Int
  let added: Int
  let changed: Int
  let moved: Int
  let rows: [Row]

  /// Describes a comparison of two versions by their names.
  package init(_ diff: TableDiff, old: String, new: String) {
    (self.old, self.new) = (old, new)
    headerDiffers = diff.headerDiffers
    addedColumns = diff.addedColumns
    removedColumns = diff.removedColumns
    comparesSharedColumns = diff.comparesSharedColumns
    removed = diff.count(.removed)
    added = diff.count(.added)
    changed = diff.count(.changed)
    moved = diff.count(.moved)
    rows = diff.rows.map { row in
      Row(
        kind: row.kind, old: row.old, new: row.new,
        fields: row.fields.isEmpty ? nil : row.fields)
    }
  }

  /// All lines, ready to print.
  package var lines: [String] {
    var lines = ["\(old) → \(new)"]
    if headerDiffers {
      let columns =
        (addedColumns.isEmpty ? [] : ["new columns \(addedColumns.joined(separator: ", "))"])
        + (removedColumns.isEmpty
          ? [] : ["columns gone: \(removedColumns.joined(separator: ", "))"])
      lines.append(
        "the headers differ" + (columns.isEmpty ? "" : ": " + columns.joined(separator: "; "))
          + (comparesSharedColumns ? "; rows are compared by the columns that both have" : ""))
    }
    let numbers = [
      (changed, "changed"), (added, "added"), (removed, "removed"), (moved, "moved"),
    ]
    lines.append(
      "rows: " + numbers.map { "\(Numbers.grouped($0.0)) \($0.1)" }.joined(separator: ", "))
    guard !rows.isEmpty else { return lines }
    var table = Table([
      .number("row", 0), .number("was", 0), .text("what"), .text("column"), .text("old"),
      .text("new"),
    ])
    for row in rows.prefix(Self.limit) {
      let start: [Table.Value] = [
        .number(row.new.map(Double.init)), .number(row.old.map(Double.init)),
        .text(row.kind.rawValue),
      ]
      guard let fields = row.fields, let first = fields.first else {
        table.append(start)
        continue
      }
      table.append(start + [.text(first.column), .text(first.old), .text(first.new)])
      for field in fields.dropFirst() {
        table.append([
          .missing, .missing, .missing, .text(field.column), .text(field.old), .text(field.new),
        ])
      }
    }
    lines += [""] + table.lines()
    if rows.count > Self.limit {
      lines.append("and \(Numbers.grouped(rows.count - Self.limit)) more, which --json names")
    }
    return lines
  }
}
