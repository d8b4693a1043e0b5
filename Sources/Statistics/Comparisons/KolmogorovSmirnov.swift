import Foundation

/// The two-sample test of Kolmogorov and Smirnov: whether both samples are from one distribution.
///
///     D = max over x of |F₁(x) − F₂(x)|
///
/// Where values tie, the probability is too large, never too small.
package struct KolmogorovSmirnov: Sendable {
  /// D, 0…1.
  package let statistic: Double

  /// The probability of a D at least as large if both samples were from one distribution, or from two
  /// that are nowhere further apart than is tolerated: that of a D less so much.
  package let pValue: Double

  /// Larger products of the sizes take the limiting distribution, which then is right to 1 %.
  package static let exactLimit = 10_000_000

  /// Compares two samples of finite values, in ascending order.
  ///
  /// - Precondition: Neither is empty.
  /// - Complexity: O(n + m), and O(n·m) where the probability is exact: up to `exactLimit` of them.
  package init(
    sorted a: [Double], _ b: [Double], tolerating share: Double = 0,
    exactLimit: Int = Self.exactLimit
  ) {
    precondition(!a.isEmpty && !b.isEmpty, "No test of samples of \(a.count) and \(b.count)")
    let (n, m) = (a.count, b.count)
    var (i, j, largest) = (0, 0, 0)
    while i < n, j < m {
      let x = min(a[i], b[j])
      while i < n, a[i] == x { i += 1 }
      while j < m, b[j] == x { j += 1 }
      largest = max(largest, abs(i * m - j * n))
    }
    statistic = Double(largest) / (Double(n) * Double(m))
    let tolerated = (share * Double(n) * Double(m)).rounded(.up)
    pValue =
      n.multipliedReportingOverflow(by: m).partialValue <= exactLimit
      ? Self.exact(n, m, largest - Int(tolerated))
      : Self.limiting((statistic - share) * (Double(n) * Double(m) / Double(n + m)).squareRoot())
  }

  /// The share of the paths from (0, 0) to (n, m) that are somewhere at least `largest` from the
  /// diagonal, |i·m − j·n| ≥ largest.
  ///
  /// The share among paths to (i, j) is the mean of those to its two predecessors, weighted by the
  /// probability i/(i + j) that the last step was along i.
  ///
  /// Source: Kim, Jennrich, "Tables of the exact sampling distribution of the two-sample
  /// Kolmogorov–Smirnov criterion", Selected Tables in Mathematical Statistics 1 (1973).
  private static func exact(_ n: Int, _ m: Int, _ largest: Int) -> Double {
    guard largest > 0 else { return 1 }
    var outside = [Double](repeating: 0, count: m + 1)
    for i in 0...n {
      for j in 0...m {
        if abs(i * m - j * n) >= largest {
          outside[j] = 1
        } else if i + j > 0 {
          let weight = Double(i) / Double(i + j)
          outside[j] = weight * outside[j] + (j > 0 ? (1 - weight) * outside[j - 1] : 0)
        }
      }
    }
    return min(1, outside[m])
  }

  /// The probability that √(nm/(n+m))·D is at least `x` for large samples.
  ///
  /// Source: Kolmogorov 1933; Smirnov, "Table for estimating the goodness of fit of empirical
  /// distributions", Annals of Mathematical Statistics 19 (1948); the series for small x is its
  /// Jacobi transform.
  private static func limiting(_ x: Double) -> Double {
    guard x > 0 else { return 1 }
    var sum = 0.0
    if x < 1 {
      for k in stride(from: 1.0, to: 40, by: 2) {
        sum += exp(-k * k * Double.pi * Double.pi / (8 * x * x))
      }
      return max(0, 1 - (2 * Double.pi).squareRoot() / x * sum)
    }
    for k in 1...20 {
      let k = Double(k)
      sum += (Int(k) % 2 == 1 ? 1 : -1) * exp(-2 * k * k * x * x)
    }
    return min(1, max(0, 2 * sum))
  }
}
