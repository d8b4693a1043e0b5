/// A closed interval of real numbers.
public struct Interval: Sendable, Equatable {
  /// The smaller end.
  public let lower: Double

  /// The larger end.
  public let upper: Double

  /// The interval between two ends.
  ///
  /// - Precondition: `lower <= upper`.
  public init(from lower: Double, to upper: Double) {
    precondition(lower <= upper, "No interval from \(lower) to \(upper)")
    (self.lower, self.upper) = (lower, upper)
  }

  /// The interval `centre` ± `halfWidth`.
  public init(centre: Double, halfWidth: Double) {
    self.init(from: centre - halfWidth, to: centre + halfWidth)
  }

  /// Both ends, the smaller first.
  public var ends: [Double] { [lower, upper] }

  /// Half the distance of the ends.
  public var halfWidth: Double { (upper - lower) / 2 }

  /// Whether the number lies inside or at an end.
  public func contains(_ value: Double) -> Bool {
    lower <= value && value <= upper
  }

  /// Whether every number of this interval lies in the other.
  public func isInside(_ other: Interval) -> Bool {
    other.lower <= lower && upper <= other.upper
  }

  /// Whether the two have a number in common.
  public func overlaps(_ other: Interval) -> Bool {
    lower <= other.upper && other.lower <= upper
  }

  /// The least interval that both lie in.
  public func spanning(_ other: Interval?) -> Interval {
    guard let other else { return self }
    return Interval(from: min(lower, other.lower), to: max(upper, other.upper))
  }

  /// The part inside of another; its nearer end where there is none.
  public func clipped(to range: Interval?) -> Interval {
    guard let range else { return self }
    let clip = { (end: Double) in min(max(end, range.lower), range.upper) }
    return Interval(from: clip(lower), to: clip(upper))
  }
}
