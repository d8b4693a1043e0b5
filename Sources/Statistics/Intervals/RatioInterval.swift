/// An interval for the ratio ρ of two means of paired values.
///
///     {ρ : |ḡ − ρ·l̄| ≤ t(1 − α/2, n − 1)·s(ρ)/√n},   s(ρ)² = s_gg − 2ρ·s_gl + ρ²·s_ll
///
/// It holds ρ exactly where the t test of mean g − ρ·l = 0 does not refuse it, so it says the same as tests
/// of that contrast. It has two ends where l̄ differs from 0 at α, else none are given.
///
/// Source: Fieller, "Some problems in interval estimation", Journal of the Royal Statistical Society B 16
/// (1954).
package enum RatioInterval {
  /// The interval of mean g over mean l; nil for fewer than two pairs, or where l̄ may be 0.
  ///
  /// - Parameters:
  ///   - g: The values above the line.
  ///   - l: The values below it, as many.
  ///   - contrast: g − l/2, pair by pair, from which their covariance follows.
  /// - Precondition: As many values of each.
  package static func fieller(
    _ g: RunningMoments, over l: RunningMoments, contrast: RunningMoments,
    confidence: Double = 0.95
  ) -> Interval? {
    precondition(
      g.count == l.count && g.count == contrast.count,
      "A ratio of \(g.count) and \(l.count) values, \(contrast.count) contrasts")
    guard g.count > 1 else { return nil }
    let n = Double(g.count)
    let t = StudentT(degreesOfFreedom: g.count - 1).quantile((1 + confidence) / 2)
    let scale = t * t / (n * (n - 1))
    // Σ(g − l/2)² = Σg² − Σgl + Σl²/4, all about their means.
    let products = g.squares + l.squares / 4 - contrast.squares
    // (ḡ − ρl̄)² ≤ scale·(S_gg − 2ρS_gl + ρ²S_ll), a quadratic inequality in ρ.
    let a = l.mean * l.mean - scale * l.squares
    let b = g.mean * l.mean - scale * products
    let c = g.mean * g.mean - scale * g.squares
    guard a > 0 else { return nil }
    let root = max(0, b * b - a * c).squareRoot()
    return Interval(from: (b - root) / a, to: (b + root) / a)
  }
}
