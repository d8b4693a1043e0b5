/// How many rows of a column have another value than more than half of them.
struct CommonValue {
  /// Number of rows with another one.
  let otherCount: Int

  /// So many rows are a handful.
  static let handful = 5

  /// Finds that value; nil where there is none, or the column has a row without a value.
  ///
  /// - Complexity: O(n).
  ///
  /// Source: Boyer and Moore, "MJRTY: a fast majority vote algorithm" (1991).
  init?(_ column: SuspectTable.Column) {
    var (candidate, lead) = (0.0, 0)
    for value in column.values {
      if lead == 0 { candidate = value }
      lead += value == candidate ? 1 : -1
    }
    let others = column.values.count { $0 != candidate }
    guard 2 * others < column.values.count, !column.values.contains(where: \.isNaN) else {
      return nil
    }
    otherCount = others
  }

  /// Whether only a handful of rows, at most one of 20, have another value.
  func isAllButAHandful(of rowCount: Int) -> Bool {
    otherCount > 0 && otherCount <= Self.handful && 20 * otherCount <= rowCount
  }
}
