/// Whether a mean is as good as 0: the test for "recovered".
public enum Equivalence {
  /// The probability of a mean at least as near to 0 if it were a margin away: two one-sided t tests.
  ///
  ///     p = max over both ends of P(T ≥ (margin ∓ mean)/(sd/√n))
  ///
  /// A small p says that the mean lies within the margin; that a difference is not significant says
  /// nothing of the kind. 1 for fewer than two values; without spread, 0 inside the margin.
  /// - Precondition: `margin > 0`.
  ///
  /// Source: Schuirmann, "A comparison of the two one-sided tests procedure and the power approach",
  /// Journal of Pharmacokinetics and Biopharmaceutics 15 (1987).
  public static func pValue(_ moments: RunningMoments, margin: Double) -> Double {
    precondition(margin > 0, "No equivalence within \(margin)")
    guard moments.count > 1, let deviation = moments.standardDeviation else { return 1 }
    let room = margin - abs(moments.mean)
    guard deviation > 0 else { return room > 0 ? 0 : 1 }
    let t = room / (deviation / Double(moments.count).squareRoot())
    return StudentT(degreesOfFreedom: moments.count - 1).cumulative(-t)
  }
}
