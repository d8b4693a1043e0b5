/// The difference of the means of two independent samples, whose variances need not be equal.
///
///     d = m₁ − m₂,   s² = v₁ + v₂ with vᵢ = sdᵢ²/nᵢ,   ν = s⁴ / (v₁²/(n₁ − 1) + v₂²/(n₂ − 1))
///
/// Source: Welch, "The generalization of 'Student's' problem when several different population variances
/// are involved", Biometrika 34 (1947).
package struct Welch: Sendable {
  /// d.
  package let difference: Double

  /// s, the standard error of the difference.
  private let error: Double

  /// Student's distribution of d/s; nil where nothing varies.
  private let distribution: StudentT?

  /// Compares two samples; nil where one has fewer than two values.
  package init?(_ first: RunningMoments, _ second: RunningMoments) {
    guard let a = first.standardDeviation, let b = second.standardDeviation else { return nil }
    let (n, m) = (Double(first.count), Double(second.count))
    let (v, w) = (a * a / n, b * b / m)
    difference = first.mean - second.mean
    error = (v + w).squareRoot()
    let freedom = (v + w) * (v + w) / (v * v / (n - 1) + w * w / (m - 1))
    // Not below that of the smaller sample, but for rounding.
    distribution = error > 0 ? StudentT(degreesOfFreedom: max(freedom, min(n, m) - 1)) : nil
  }

  /// d ± t(1 − α/2, ν)·s, with α = 1 − confidence.
  package func interval(confidence: Double = 0.95) -> Interval {
    let t = distribution?.quantile((1 + confidence) / 2) ?? 0
    return Interval(centre: difference, halfWidth: t * error)
  }

  /// The probability of a difference at least as large, either way, between equal means.
  package var pValue: Double {
    guard let distribution else { return difference == 0 ? 1 : 0 }
    return min(1, 2 * distribution.cumulative(-abs(difference) / error))
  }
}
