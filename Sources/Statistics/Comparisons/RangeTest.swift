/// Whether a mean lies in a range, where that can be told.
///
/// With d the distance of the mean from the nearest end of the range,
///
///     p = 2·P(T ≥ d / (sd/√n))
///
/// so p ≤ α exactly where the t interval of confidence 1 − α lies wholly inside the range or wholly
/// outside. Either statement is then wrong with probability at most α: inside by two one-sided tests,
/// outside by one at either end. 1 for fewer than two values.
package struct RangeTest: Sendable {
  /// Whether the mean of the values lies in the range.
  package let isInside: Bool

  /// p.
  package let pValue: Double

  /// Tests a mean against a range, whose ends may be infinite.
  package init(_ moments: RunningMoments, inside range: Interval) {
    let mean = moments.mean
    isInside = range.contains(mean)
    pValue = moments.probability(
      ofDeviation: min(abs(mean - range.lower), abs(mean - range.upper)))
  }
}

extension RunningMoments {
  /// The moments with room for what few values on a grid may not have shown.
  ///
  ///     S' = S + 4r²
  ///
  /// r is the step of the grid: one row, for shares of rows. Values may be equal by chance, and an
  /// interval without width would be sure of what a few rows cannot say. Without any spread the t
  /// interval of S' is ±3.9·r/n for large n, where the exact limit of the mean number of rare events,
  /// none having been seen, is 3.7/n. With a spread of a row or more it is widened by less than
  /// 2/n of its width.
  package func allowing(step r: Double) -> RunningMoments {
    count < 2 ? self : RunningMoments(count: count, mean: mean, squares: squares + 4 * r * r)
  }
}
