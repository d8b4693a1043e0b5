public import LinAlg

/// A number that stands for "not known" in a column: −200, 9,999, 0 where all others are about 100.
///
/// The least or the largest value of a column is one where three rows at least have it, up to half of them,
/// and it lies farther from all others than these lie from each other, of which there are five.
public struct LostValue: Sendable, Equatable {
  /// The column, from 0.
  public let column: Int

  /// The value.
  public let value: Double

  /// The rows that have it, ascending.
  public let rows: [Int]

  /// The lost values of a table (n × d).
  /// - Complexity: O(d·n·log n).
  public static func find(in table: Matrix<Double>) -> [LostValue] {
    let d = table.columns
    return (0..<d).flatMap { column in
      let values = (0..<table.rows).map { table.elements[$0 * d + column] }
      return lost(values).map { value in
        LostValue(
          column: column, value: value, rows: values.indices.filter { values[$0] == value })
      }
    }
  }

  /// The lost values of a column, in the order in which they are found.
  static func lost(_ values: [Double]) -> [Double] {
    guard mayBeLost(values) else { return [] }
    var rest = values.sorted()[...]
    var found: [Double] = []
    while let low = rest.first, let high = rest.last, low < high {
      let lows = rest.prefix { $0 == low }.count
      let highs = rest.reversed().prefix { $0 == high }.count
      if isLost(lows, low, beside: rest.dropFirst(lows), values.count) {
        found.append(low)
        rest = rest.dropFirst(lows)
      } else if isLost(highs, high, beside: rest.dropLast(highs), values.count) {
        found.append(high)
        rest = rest.dropLast(highs)
      } else {
        break
      }
    }
    return found
  }

  /// Whether the least or the largest value lies so far out that the rest is worth sorting.
  private static func mayBeLost(_ values: [Double]) -> Bool {
    guard let low = values.min(), let high = values.max() else { return false }
    var (second, last) = (high, low)
    for value in values {
      if value > low { second = min(second, value) }
      if value < high { last = max(last, value) }
    }
    return second - low > high - second || high - last > last - low
  }

  private static func isLost(
    _ count: Int, _ value: Double, beside others: ArraySlice<Double>, _ total: Int
  ) -> Bool {
    guard count >= 3, 2 * count <= total, let low = others.first, let high = others.last else {
      return false
    }
    guard max(low - value, value - high) > high - low else { return false }
    var (distinct, last) = (1, low)
    for other in others where other != last {
      (distinct, last) = (distinct + 1, other)
      if distinct == 5 { return true }
    }
    return false
  }
}
