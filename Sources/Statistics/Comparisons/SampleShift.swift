/// How far a sample of numbers is from a reference, in the deviations of the reference.
///
///     d = (x̄ − ȳ) / s_y,   r = mean|x − median| / mean|y − median|, each times √(n/(n − 1))
///
/// Whether |d| or |r − 1| is beyond a tolerance T is asked at its edge: of x̄ − ȳ ∓ T·s_y and of
/// mean|x − median| − (1 ± T)·mean|y − median|, by Student's t with Welch's degrees of freedom. The
/// variance of ȳ ± T·s_y, or of d, has that of s_y in it: that of z ± T(z² − 1)/2, z = (y − ȳ)/s_y.
///
/// Source: Welch, Biometrika 34 (1947); Brown, Forsythe, "Robust tests for the equality of variances",
/// JASA 69 (1974); Murphy, Myors, "Testing the hypothesis that treatments have negligible effects",
/// Journal of Applied Psychology 84 (1999).
package struct SampleShift: Sendable {
  /// d.
  package let difference: Double

  /// r.
  package let spread: Double

  private let ends: (sample: Part, reference: Part)

  /// What is known of one side, in the deviations of the reference.
  private struct Part {
    let count: Double
    let variance: Double
    /// The mean and the variance of |x − median|.
    let distance: (mean: Double, variance: Double)
    /// The mean third and fourth powers of standardised values.
    var moments = (third: 0.0, fourth: 0.0)

    init(_ sorted: [Double], unit: Double) {
      count = Double(sorted.count)
      let (mean, deviation) = SampleShift.moments(sorted)
      variance = deviation / unit * (deviation / unit)
      let median = sorted[(sorted.count - 1) / 2] / 2 + sorted[sorted.count / 2] / 2
      let (distance, spread) = SampleShift.moments(sorted.map { abs($0 - median) })
      // A sample is nearer to its own middle than to that of the population.
      let factor = (count / (count - 1)).squareRoot() / unit
      self.distance = (distance * factor, spread * factor * (spread * factor))
      if deviation > 0 {
        for value in sorted {
          let z = (value - mean) / deviation
          moments.third += z * z * z / count
          moments.fourth += z * z * z * z / count
        }
      }
    }
  }

  /// Compares two samples of values, in ascending order and of magnitudes up to 1e100.
  ///
  /// Nil where one has fewer than two values or the reference does not vary.
  package init?(sorted sample: [Double], reference: [Double]) {
    guard sample.count > 1, reference.count > 1 else { return nil }
    let (mean, unit) = Self.moments(reference)
    guard unit > 0 else { return nil }
    let sampleMean = Self.moments(sample).mean
    ends = (Part(sample, unit: unit), Part(reference, unit: unit))
    difference = (sampleMean - mean) / unit
    spread = ends.sample.distance.mean / ends.reference.distance.mean
    // So far away that squares of it are infinite: there is nothing to measure.
    guard abs(difference) < 1e100, spread < 1e100 else { return nil }
  }

  /// d ± t(1 − α/2, ν)·(its standard error), with α = 1 − confidence.
  package func interval(confidence: Double = 0.95) -> Interval {
    let (error, freedom) = shiftError(at: difference)
    let t =
      error > 0 ? StudentT(degreesOfFreedom: freedom).quantile((1 + confidence) / 2) : 0
    return Interval(centre: difference, halfWidth: t * error)
  }

  /// The probability of a |d| at least as large where it is `tolerance` in truth.
  package func shiftProbability(beyond tolerance: Double) -> Double {
    let edge = difference < 0 ? -tolerance : tolerance
    let (error, freedom) = shiftError(at: edge)
    return Self.tail(abs(difference) - tolerance, error, freedom)
      + Self.tail(abs(difference) + tolerance, error, freedom)
  }

  /// The probability of an |r − 1| at least as large where it is `tolerance` in truth.
  package func spreadProbability(beyond tolerance: Double) -> Double {
    let sign: Double = spread < 1 ? -1 : 1
    return [sign, -sign].reduce(0) { sum, side in
      let factor = 1 + side * tolerance
      let (x, y) = (ends.sample.distance, ends.reference.distance)
      let (error, freedom) = Self.error(x.variance, factor * factor * y.variance, ends)
      return sum + Self.tail(sign * (x.mean - factor * y.mean), error, freedom)
    }
  }

  /// The standard error of x̄ − ȳ − δ·s_y in deviations of the reference, and its degrees of freedom.
  private func shiftError(at delta: Double) -> (Double, Double) {
    let (third, fourth) = ends.reference.moments
    // The variance of z + δ(z² − 1)/2.
    let variance = 1 + delta * third + delta * delta / 4 * max(fourth - 1, 0)
    return Self.error(ends.sample.variance, max(variance, 0), ends)
  }

  private static func error(
    _ a: Double, _ b: Double, _ ends: (sample: Part, reference: Part)
  ) -> (Double, Double) {
    let (n, m) = (ends.sample.count, ends.reference.count)
    let (v, w) = (a / n, b / m)
    let freedom = (v + w) * (v + w) / (v * v / (n - 1) + w * w / (m - 1))
    return ((v + w).squareRoot(), freedom.isFinite ? max(freedom, min(n, m) - 1) : min(n, m) - 1)
  }

  /// The probability of t above `excess`/`error`.
  private static func tail(_ excess: Double, _ error: Double, _ freedom: Double) -> Double {
    guard error > 0 else { return excess > 0 ? 0 : 0.5 }
    return StudentT(degreesOfFreedom: freedom).cumulative(-excess / error)
  }

  /// Mean and standard deviation, by squares of what is at most 1.
  private static func moments(_ values: [Double]) -> (mean: Double, deviation: Double) {
    let n = Double(values.count)
    let mean = values.reduce(0) { $0 + $1 / n }
    let largest = values.reduce(0) { max($0, abs($1 - mean)) }
    guard largest > 0 else { return (mean, 0) }
    let squares = values.reduce(0) { $0 + ($1 - mean) / largest * (($1 - mean) / largest) }
    return (mean, largest * (squares / (n - 1)).squareRoot())
  }
}
