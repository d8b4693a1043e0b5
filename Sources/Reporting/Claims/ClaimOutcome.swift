import Statistics

/// What a measurement says of a claim.
public enum ClaimOutcome: String, Sendable, Encodable, CaseIterable {
  /// The claim holds.
  case holds
  /// The claim does not hold.
  case fails = "false"
  /// The interval of the measurement allows both.
  case undecided
  /// One seed has no interval.
  case unjudged = "no verdict"
  /// The store has not what the claim is read as: it was made before that was measured.
  case notMeasured = "not measured"
}

extension ClaimOutcome {
  /// Whether a number known to lie in `interval` lies in `claimed`.
  init(_ interval: Interval?, isInside claimed: Interval) {
    guard let interval else {
      self = .undecided
      return
    }
    self = interval.isInside(claimed) ? .holds : interval.overlaps(claimed) ? .undecided : .fails
  }
}
