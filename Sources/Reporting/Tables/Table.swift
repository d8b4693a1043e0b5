/// Columns of values: what every result is shown as, in a terminal, on a page, in MLflow or as a file.
///
/// Values are numbers where they are known, and only renderers make them text.
package struct Table: Sendable {
  /// The most classes that have a column each.
  static let mostClasses = 10

  /// The columns.
  package let columns: [Column]

  /// The rows, in groups that are set apart.
  package private(set) var groups: [[[Value]]] = [[]]

  /// Text below the table, a paragraph each.
  package var notes: [String] = []

  /// A table of rows, in which values that are missing at the end are empty.
  package init(_ columns: [Column], rows: [[Value]] = [], notes: [String] = []) {
    (self.columns, self.notes) = (columns, notes)
    for row in rows { append(row) }
  }

  /// All rows.
  package var rows: [[Value]] { groups.flatMap { $0 } }

  /// Whether there is no row.
  package var isEmpty: Bool { groups.allSatisfy(\.isEmpty) }

  /// Adds a row; values that are missing at the end are empty.
  ///
  /// - Precondition: No more values than columns.
  package mutating func append(_ values: [Value]) {
    precondition(
      values.count <= columns.count, "\(values.count) values in \(columns.count) columns")
    let missing = Array(repeating: Value.missing, count: columns.count - values.count)
    groups[groups.count - 1].append(values + missing)
  }

  /// Sets the rows that follow apart from those before.
  package mutating func startGroup() {
    if groups.last?.isEmpty == false { groups.append([]) }
  }

  func keeping(_ keys: [String]) -> Table {
    let kept = columns.indices.filter { keys.contains(columns[$0].key) }
    var table = Table(kept.map { columns[$0] })
    table.groups = groups.map { rows in rows.map { row in kept.map { row[$0] } } }
    return table
  }

  /// The table with only the rows that pass a test.
  func filtered(_ isKept: ([Value]) -> Bool) -> Table {
    var table = self
    table.groups = groups.map { $0.filter(isKept) }
    return table
  }
}
