import LinAlg

/// The difference of two shares, with an interval that holds for few rows, too.
///
///     d̃ = p̃ − q̃,   p̃ = (a + 1)/(n + 2), q̃ = (b + 1)/(m + 2),   s² = p̃(1 − p̃)/(n + 2) + q̃(1 − q̃)/(m + 2)
///
/// Source: Agresti, Caffo, "Simple and effective confidence intervals for proportions and differences of
/// proportions", American Statistician 54 (2000).
package struct ShareDifference: Sendable {
  /// a/n − b/m.
  package let difference: Double

  private let centre: Double
  private let error: Double

  /// Compares `a` of n with `b` of m.
  ///
  /// - Precondition: 0 ≤ a ≤ n > 0, 0 ≤ b ≤ m > 0.
  package init(_ a: Int, of n: Int, _ b: Int, of m: Int) {
    precondition(a >= 0 && a <= n && n > 0 && b >= 0 && b <= m && m > 0, "\(a)/\(n), \(b)/\(m)")
    let (p, q) = (Double(a + 1) / Double(n + 2), Double(b + 1) / Double(m + 2))
    difference = Double(a) / Double(n) - Double(b) / Double(m)
    centre = p - q
    error = (p * (1 - p) / Double(n + 2) + q * (1 - q) / Double(m + 2)).squareRoot()
  }

  /// d̃ ± z(1 − α/2)·s within −1…1, with α = 1 − confidence.
  package func interval(confidence: Double = 0.95) -> Interval {
    let half = NormalDistribution.quantile((1 + confidence) / 2) * error
    return Interval(
      from: min(max(-1, centre - half), difference), to: max(min(1, centre + half), difference))
  }

  /// The probability of a difference at least as large where it is `tolerance` in truth, either way.
  package func probability(beyond tolerance: Double) -> Double {
    [tolerance, -tolerance].reduce(0) {
      $0 + NormalDistribution.cumulative(($1 - abs(centre)) / error)
    }
  }
}
