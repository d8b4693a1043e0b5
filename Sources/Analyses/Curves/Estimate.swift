public import Statistics

/// A number that depends on the means of cells, and how sure it is.
///
/// It may be infinite: what no size of the study reaches is beyond the largest, and what the smallest has
/// already is below it.
public struct Estimate: Sendable, Equatable {
  /// The number for all seeds.
  public let value: Double

  /// Its 95 % interval, the middle of the bootstrap; an infinite end is beyond what was measured.
  public let interval: Interval

  /// The share of resamples in which it is beyond the largest size.
  public let censoredShare: Double

  /// The values on resamples, ascending.
  private let replicates: [Double]

  /// An estimate with its values on resamples.
  ///
  /// Ends are order statistics, rounded outwards: nothing is interpolated between a finite number and an
  /// infinite one. Nil where any of them is not a number.
  init?(_ value: Double, _ replicates: [Double], confidence: Double = 0.95) {
    guard !value.isNaN, !replicates.isEmpty, !replicates.contains(where: \.isNaN) else {
      return nil
    }
    let sorted = replicates.sorted()
    let tail = (1 - confidence) / 2 * Double(sorted.count)
    let place = max(0, Int(tail.rounded(.down)))
    self.value = value
    interval = Interval(from: sorted[place], to: sorted[sorted.count - 1 - place])
    censoredShare = Double(sorted.count { $0 == .infinity }) / Double(sorted.count)
    self.replicates = sorted
  }

  /// A number found in several ways that data do not tell apart: by the first of them, with an interval from
  /// the lowest end of all to the highest.
  ///
  /// Nil without any.
  init?(spanning estimates: [Estimate]) {
    guard let first = estimates.first else { return nil }
    value = first.value
    interval = estimates.reduce(first.interval) { span, estimate in
      Interval(
        from: min(span.lower, estimate.interval.lower),
        to: max(span.upper, estimate.interval.upper))
    }
    censoredShare = first.censoredShare
    replicates = first.replicates
  }

  /// Whether data tell it: both ends are finite, and no further apart than ten times its size.
  public var isIdentified: Bool {
    interval.lower.isFinite && interval.upper.isFinite
      && interval.upper - interval.lower <= 10 * abs(value)
  }

  /// The largest error rate at which its interval leaves open whether the number is inside a range.
  ///
  ///     2·min(max(P(below), P(above)), 1 − P(below), 1 − P(above))
  ///
  /// with the shares of resamples, one more counted in each: a p-value of inside or outside, whichever it is.
  public func pValue(deciding range: Interval) -> Double {
    let count = Double(replicates.count + 1)
    let share = { (isCounted: (Double) -> Bool) in
      Double(replicates.count(where: isCounted) + 1) / count
    }
    let inside = max(share { $0 < range.lower }, share { $0 > range.upper })
    let outside = min(share { $0 >= range.lower }, share { $0 <= range.upper })
    return min(1, 2 * min(inside, outside))
  }
}

extension Estimate: Encodable {
  private enum CodingKeys: CodingKey { case value, ci95, censored, infinite }

  /// Writes nothing for a value beyond the sizes measured, null for an end that is; `infinite` names both, with
  /// their signs.
  public func encode(to encoder: any Encoder) throws {
    let finite = { (value: Double) -> Double? in value.isFinite ? value : nil }
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encodeIfPresent(finite(value), forKey: .value)
    try container.encode(interval.ends.map(finite), forKey: .ci95)
    try container.encode(censoredShare, forKey: .censored)
    let infinite = ["value": value, "lower": interval.lower, "upper": interval.upper]
      .filter { !$0.value.isFinite }.mapValues { $0 > 0 ? "inf" : "-inf" }
    if !infinite.isEmpty { try container.encode(infinite, forKey: .infinite) }
  }
}
