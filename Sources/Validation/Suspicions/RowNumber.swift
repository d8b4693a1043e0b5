/// A column that numbers the rows: a whole number in each, no two the same, in ascending or descending
/// order, or no more than twice as far apart as there are rows.
///
/// A feature that is shared out evenly among so many numbers is all different once in 500 tables of 20
/// rows, and hardly ever in larger ones.
struct RowNumber {
  /// Whether the numbers stand in ascending or descending order.
  let isInOrder: Bool

  /// Of fewer rows nothing is said.
  static let leastRows = 20

  /// Finds what numbers the rows; nil for any other column.
  ///
  /// - Complexity: O(n), mostly ended by the first rows.
  init?(_ column: SuspectTable.Column) {
    let values = column.values
    guard !column.isCoded, values.count >= Self.leastRows else { return nil }
    guard values.allSatisfy({ $0.rounded() == $0 && abs($0) < 0x1p53 }) else { return nil }
    isInOrder = RowOrder.isMonotone(values, strictly: true)
    guard !isInOrder else { return }
    guard let low = values.min(), let high = values.max() else { return nil }
    let span = high - low + 1
    guard span <= 2 * Double(values.count) else { return nil }
    var isTaken = [Bool](repeating: false, count: Int(span))
    for value in values {
      let place = Int(value - low)
      guard !isTaken[place] else { return nil }
      isTaken[place] = true
    }
  }
}
