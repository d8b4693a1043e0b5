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

  /// An estimate of these parts.
  init(_ value: Double, interval: Interval, censoredShare: Double) {
    (self.value, self.interval, self.censoredShare) = (value, interval, censoredShare)
  }

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
  }
}
