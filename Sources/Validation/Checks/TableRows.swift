package import Datasets

/// Rows of a table that are the same as one before.
package struct TableRows {
  /// The rows that are copies of one before, in ascending order.
  package let copies: [Int]

  /// The rows whose other cells are those of a row before, of another class.
  package let contradictions: [Int]

  /// Compares the texts of all cells; classes are in the column `target`.
  ///
  /// - Complexity: O(cells).
  package init(_ table: CSVTable, target: Int? = nil) {
    var copies: [Int] = []
    var contradictions: [Int] = []
    var labels: [[String]: Set<String>] = [:]
    let others = table.names.indices.filter { $0 != target }
    for row in 0..<table.rowCount {
      let key = others.map { table.columns[$0][row].text }
      let label = target.map { table.columns[$0][row].text } ?? ""
      let seen = labels[key] ?? []
      if seen.contains(label) {
        copies.append(row)
      } else {
        if !seen.isEmpty { contradictions.append(row) }
        labels[key, default: []].insert(label)
      }
    }
    (self.copies, self.contradictions) = (copies, contradictions)
  }
}
