import LinAlg

/// Intervals that hold the probability of a success, given how many of n trials succeeded.
public enum BinomialInterval {
  /// The probabilities that a score test does not refuse.
  ///
  ///     (p̂ + z²/2n ± z·√(p̂(1 − p̂)/n + z²/4n²)) / (1 + z²/n)
  ///
  /// Its coverage is right on average over probabilities; for the accuracy of one run.
  /// - Precondition: `0 <= successes <= count`, `count > 0`, `0 < confidence < 1`.
  ///
  /// Source: Wilson, "Probable inference, the law of succession, and statistical inference", Journal
  /// of the American Statistical Association 22 (1927).
  public static func wilson(
    _ successes: Int, of count: Int, confidence: Double = 0.95
  ) -> Interval {
    wilson(share: Double(successes) / Double(count), of: count, confidence: confidence)
  }

  /// The same for a mean share, whose number of successes need not be whole.
  ///
  /// - Precondition: `0 <= share <= 1`, `count > 0`, `0 < confidence < 1`.
  public static func wilson(
    share: Double, of count: Int, confidence: Double = 0.95
  ) -> Interval {
    precondition(
      count > 0 && share >= 0 && share <= 1 && confidence > 0 && confidence < 1,
      "No interval for a share of \(share) in \(count) at \(confidence)")
    let n = Double(count)
    let z = NormalDistribution.quantile((1 + confidence) / 2)
    let centre = (share + z * z / (2 * n)) / (1 + z * z / n)
    let half =
      z * (share * (1 - share) / n + z * z / (4 * n * n)).squareRoot() / (1 + z * z / n)
    // Rounding must not keep the interval from the end that it reaches.
    return Interval(
      from: share == 0 ? 0 : max(0, centre - half), to: share == 1 ? 1 : min(1, centre + half))
  }
}
