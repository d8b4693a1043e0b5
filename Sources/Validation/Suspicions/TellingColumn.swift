import Foundation

/// A column that alone tells the class of nearly all rows: the target in other words, perhaps.
///
/// The rule that is looked for divides the values in their order into at most 2K ranges and says one class
/// in each; of texts, it says one for each text. It tells the classes where it errs in at most one of 200
/// rows, and in at most one of 20 that are not of the commonest class.
///
/// That chance has made such a rule is ruled out by counting: of the ways in which the labels of a table
/// can be shared out among its rows, at most
///
///     C(v − 1, m − 1)·Kᵐ · (e + 1)·C(n, e)·(K − 1)ᵉ
///
/// agree with some rule of m ranges of v values but for e rows; times the number of columns, this is less
/// than one of 10,000.
struct TellingColumn {
  /// Number of rows of which the rule says another class.
  let errorCount: Int

  private static let chance = 1e-4

  /// Rows of which a part is looked at first.
  private static let sampleSize = 256

  /// Errors in that part beyond which the column is let go: 0.5 % of it would be 1.3.
  private static let sampleErrors = 10

  /// Looks for a rule for a column of a table of `columnCount`; nil where it tells too little.
  ///
  /// - Complexity: O(n log n) for a column that tells much, else O(1) of many rows.
  init?(_ column: SuspectTable.Column, labels: [Int], classCounts: [Int], columnCount: Int) {
    let n = labels.count
    let (classes, largest) = (classCounts.count { $0 > 0 }, classCounts.max() ?? 0)
    guard classes > 1 else { return nil }
    let limit = min(n / 200, (n - largest) / 20)
    let ranges = 2 * classes
    if n > 4 * Self.sampleSize {
      let sample = (0..<Self.sampleSize).lazy.map { $0 * n / Self.sampleSize }
      let sorted = SortedLabels(column, labels, rows: sample)
      guard sorted.leastErrors(ranges: ranges) <= Self.sampleErrors else { return nil }
    }
    let sorted = SortedLabels(column, labels, rows: 0..<n)
    guard sorted.leastErrors(ranges: ranges) <= limit,
      let errors = sorted.errors(ranges: ranges, classCount: classCounts.count), errors <= limit
    else { return nil }
    errorCount = errors
    let values = sorted.valueCount
    let m = column.isCoded ? values : min(ranges, values)
    let rules =
      (column.isCoded ? 0 : Self.logChoices(values - 1, m - 1)) + Double(m) * log(Double(classes))
    let deviations =
      log(Double(errors + 1)) + Self.logChoices(n, errors)
      + Double(errors) * log(Double(classes - 1))
    let labellings =
      lgamma(Double(n + 1)) - classCounts.reduce(0) { $0 + lgamma(Double($1 + 1)) }
    guard rules + deviations + log(Double(columnCount)) - labellings < log(Self.chance) else {
      return nil
    }
  }

  private static func logChoices(_ n: Int, _ k: Int) -> Double {
    lgamma(Double(n + 1)) - lgamma(Double(k + 1)) - lgamma(Double(n - k + 1))
  }
}
