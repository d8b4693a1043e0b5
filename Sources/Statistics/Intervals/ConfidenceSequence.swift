import Foundation

/// Intervals for a mean that hold at all times at once, so one may look after every block and stop.
///
/// A t interval holds at a number of seeds that was fixed before; who looks again and again and
/// stops when it suits will sooner or later stop at a wrong one. This one may be looked at for
/// ever: the chance that it misses the mean at any n is at most α = 1 − confidence.
///
///     s·√(2·(nρ² + 1) / (n²ρ²) · ln(√(nρ² + 1) / α)),   s² = (S + 2·range²) / n
///
/// ρ says where it is narrowest. It is a function of the target half-width h alone, never of data:
/// the interval shrinks to h at n* = (1 + x)·σ²/h² for the nominal standard deviation σ, and
/// ρ² = x / n* is best there, x being the root of x = ln(1 + x) + 2·ln(1/α), which is 8.2 for 95 %.
/// Ten times as many values as n* cost 8 % of width, a tenth of them 27 %.
///
/// Numerics: the formula is exact for normal values and asymptotic for others, so it cannot be
/// trusted where hardly anything has varied: no spread in n seeds does not mean there is none. Two
/// values at the end of the range that were not seen are therefore taken into s. For equal values
/// that gives at least 4.3·range / n, above the exact range·ln(2/α) / n. Below that, that is for
/// n < 4.3·range / h, nothing is narrow enough to stop at. Tests hold it against rare events.
///
/// Source: Robbins, "Statistical methods related to the law of the iterated logarithm", Annals of
/// Mathematical Statistics 41 (1970); Waudby-Smith, Arbour, Sinha, Kennedy, Ramdas, "Time-uniform
/// central limit theory and asymptotic confidence sequences", Annals of Statistics 52 (2024),
/// theorem 2.2 and, for ρ, appendix B.2. The two values are ours.
public struct ConfidenceSequence: Sendable {
  /// The probability of holding the mean at every look.
  public let confidence: Double

  /// ρ².
  public let squaredScale: Double

  /// The intervals that are narrowest where their half-width is `targetHalfWidth`.
  ///
  /// `deviation` is the nominal standard deviation σ, by default of accuracies on a few dozen rows.
  /// - Precondition: `targetHalfWidth > 0`, `0 < confidence < 1`, `deviation > 0`.
  public init(targetHalfWidth: Double, confidence: Double = 0.95, deviation: Double = 0.05) {
    precondition(
      targetHalfWidth > 0 && confidence > 0 && confidence < 1 && deviation > 0,
      "No sequence of confidence \(confidence) for \(deviation) ± \(targetHalfWidth)")
    self.confidence = confidence
    let ratio = deviation / targetHalfWidth
    let x = Self.bestScale(confidence)
    squaredScale = x / ((1 + x) * ratio * ratio)
  }

  /// The root of x = ln(1 + x) + 2·ln(1/α); the map shrinks distances by 1 / (1 + x) at least.
  private static func bestScale(_ confidence: Double) -> Double {
    let bound = -2 * log(1 - confidence)
    return (0..<200).reduce(bound) { x, _ in log1p(x) + bound }
  }

  /// Half the width after the values whose moments these are; infinite for none.
  ///
  /// `range` is the largest difference two values can have: 1 for accuracies, 2 for their drops.
  public func halfWidth(_ moments: RunningMoments, range: Double) -> Double {
    guard moments.count > 0 else { return .infinity }
    let n = Double(moments.count)
    let scaled = n * squaredScale
    let deviation = ((moments.squares + 2 * range * range) / n).squareRoot()
    let square = 2 * (scaled + 1) / (n * scaled) * (log1p(scaled) / 2 - log(1 - confidence))
    return deviation * square.squareRoot()
  }

  /// The interval after the values whose moments these are; nil for none.
  public func interval(_ moments: RunningMoments, range: Double) -> Interval? {
    guard moments.count > 0 else { return nil }
    return Interval(centre: moments.mean, halfWidth: halfWidth(moments, range: range))
      .clipped(to: moments.quantity.range)
  }
}
