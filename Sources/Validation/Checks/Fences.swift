/// Where values are no longer those of the crowd.
///
///     Q₁ − 3·(Q₃ − Q₁) ≤ x ≤ Q₃ + 3·(Q₃ − Q₁)
///
/// A normal value lies beyond once in 400,000.
///
/// Source: Tukey, "Exploratory Data Analysis" (1977), section 2D: outer fences.
package struct Fences {
  /// What lies within.
  package let range: ClosedRange<Double>

  /// Q₃ − Q₁.
  package let spread: Double

  /// The fences of values in ascending order; nil where a half of them are the same, and none.
  package init?(sorted values: [Double]) {
    guard !values.isEmpty else { return nil }
    let (low, high) = (values[(values.count - 1) / 4], values[3 * values.count / 4])
    guard high > low, (high - low).isFinite else { return nil }
    spread = high - low
    range = low - 3 * spread...high + 3 * spread
  }
}
