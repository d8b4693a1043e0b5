import Datasets

/// Pairs of columns of which one is never above the other.
enum ColumnOrder {
  /// Fewer rows do not show an order.
  private static let leastRows = 30

  /// The share of pairs from different rows that must break an order for it to say something.
  private static let leastSurprise = 0.01

  /// The rules a ≤ b that all rows of a table keep and chance would not; those that follow from
  /// others are left out.
  ///
  /// - Complexity: O(d²·n) in time, after sorting.
  static func rules(of table: CSVTable, columns: [ColumnSchema]) -> [Rule] {
    let numeric = columns.indices.filter { columns[$0].kind.isNumeric && !columns[$0].isUnique }
    let sorted = numeric.map { column in
      table.columns[column].compactMap { $0.number }.filter { $0.isFinite }.sorted()
    }
    var isAtMost = [[Bool]](
      repeating: [Bool](repeating: false, count: numeric.count), count: numeric.count)
    for a in numeric.indices {
      for b in numeric.indices where a != b {
        isAtMost[a][b] =
          holds(table.columns[numeric[a]], table.columns[numeric[b]])
          && surprise(sorted[a], sorted[b]) >= leastSurprise
      }
    }
    var rules: [Rule] = []
    for a in numeric.indices {
      for b in numeric.indices where isAtMost[a][b] {
        let isEqual = isAtMost[b][a]
        if isEqual, a > b { continue }
        let follows = numeric.indices.contains { c in
          isAtMost[a][c] && isAtMost[c][b] && !isAtMost[c][a] && !isAtMost[b][c]
        }
        guard !follows else { continue }
        let text =
          "\(written(columns[numeric[a]].name)) \(isEqual ? "==" : "<=") "
          + written(columns[numeric[b]].name)
        if let rule = try? Rule(text) { rules.append(rule) }
      }
    }
    return rules
  }

  /// Whether no row has more in the first column than in the second.
  private static func holds(_ a: [CSVTable.Cell], _ b: [CSVTable.Cell]) -> Bool {
    var count = 0
    for (first, second) in zip(a, b) {
      guard let x = first.number, let y = second.number else { continue }
      if x > y { return false }
      count += 1
    }
    return count >= leastRows
  }

  /// The share of all pairs, of ascending values, in which the first is above the second.
  private static func surprise(_ a: [Double], _ b: [Double]) -> Double {
    guard !a.isEmpty, !b.isEmpty else { return 0 }
    var (below, pairs) = (0, 0.0)
    for x in a {
      while below < b.count, b[below] < x { below += 1 }
      pairs += Double(below)
    }
    return pairs / (Double(a.count) * Double(b.count))
  }

  private static func written(_ name: String) -> String {
    RuleToken.isPlainName(name) ? name : "`\(name)`"
  }
}
