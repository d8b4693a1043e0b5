/// Whether the place of a row tells its class, by the number of runs: rows of one class that follow one
/// another.
///
/// Were the n rows in any order, n_k of each class, there would be, with s₂ = Σn_k² and s₃ = Σn_k³,
///
///     E = n + 1 − s₂/n        Var = (s₂(s₂ + n(n + 1)) − 2n·s₃ − n³) / (n²(n − 1))
///
/// Far fewer show that neighbours have the same class: fewer than E − 3.3·√Var + ½ happen to at most one
/// of 1,000 tables in random order (`tablesInRandomOrderAreNotAccused` draws them).
///
/// Source: Wald and Wolfowitz, "On a test whether two samples are from the same population" (1940);
/// Mood, "The distribution theory of runs" (1940), of more than two classes.
package struct RowOrder {
  /// Number of runs.
  package let runCount: Int

  /// Number of runs to be expected of rows in any order.
  package let expectedRunCount: Double

  /// Variance of that number.
  package let variance: Double

  /// So many deviations below what is to be expected, runs are too few.
  private static let limit = 3.3

  /// Counts the runs of classes.
  ///
  /// - Complexity: O(n).
  package init(_ labels: [Int], classCounts: [Int]) {
    runCount = labels.isEmpty ? 0 : 1 + zip(labels, labels.dropFirst()).count { $0 != $1 }
    let n = Double(labels.count)
    let (s2, s3) = classCounts.reduce(into: (0.0, 0.0)) { sums, count in
      let size = Double(count)
      sums.0 += size * size
      sums.1 += size * size * size
    }
    guard n > 1 else {
      (expectedRunCount, variance) = (n, 0)
      return
    }
    expectedRunCount = n + 1 - s2 / n
    variance = (s2 * (s2 + n * (n + 1)) - 2 * n * s3 - n * n * n) / (n * n * (n - 1))
  }

  /// Whether there are so few runs that place and class go together.
  package var isTelling: Bool {
    variance > 0
      && Double(runCount) + 0.5 < expectedRunCount - Self.limit * variance.squareRoot()
  }

  /// Whether values never fall, or never rise; `strictly` if no two neighbours are the same either.
  ///
  /// - Complexity: O(n), mostly ended by the first rows.
  static func isMonotone(_ values: [Double], strictly: Bool) -> Bool {
    guard let first = values.first, let last = values.last, first != last else { return false }
    let isRising = first < last
    return zip(values, values.dropFirst()).allSatisfy { a, b in
      a == b ? !strictly : (a < b) == isRising && !a.isNaN && !b.isNaN
    }
  }

  /// Whether a column follows the place of its row as a time or a counter does: it never falls or never
  /// rises, and at most one row of ten has the value of the row before.
  static func isFollowed(by column: SuspectTable.Column) -> Bool {
    let values = column.values
    guard !column.isCoded, values.count >= RowNumber.leastRows,
      isMonotone(values, strictly: false)
    else { return false }
    let repeats = zip(values, values.dropFirst()).count { $0 == $1 }
    return 10 * repeats <= values.count
  }
}
