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
    return pValue(moments, room: margin - abs(moments.mean))
  }

  /// The probability of a mean at least as high if it were a margin below 0: whether it is no worse than 0.
  ///
  ///     p = P(T ≥ (mean + margin)/(sd/√n))
  ///
  /// The half of the two tests that asks for losses alone.
  /// - Precondition: `margin > 0`.
  public static func pValueOfNoWorse(_ moments: RunningMoments, margin: Double) -> Double {
    precondition(margin > 0, "No comparison within \(margin)")
    return pValue(moments, room: margin + moments.mean)
  }

  private static func pValue(_ moments: RunningMoments, room: Double) -> Double {
    guard moments.count > 1, let deviation = moments.standardDeviation else { return 1 }
    guard deviation > 0 else { return room > 0 ? 0 : 1 }
    let t = room / (deviation / Double(moments.count).squareRoot())
    return StudentT(degreesOfFreedom: moments.count - 1).cumulative(-t)
  }
}
