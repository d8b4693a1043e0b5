/// What the values of a mean are, as far as that bounds its intervals.
public enum Quantity: Sendable, Equatable {
  /// Any number.
  case any
  /// A number in a range.
  case within(Interval)
  /// The share of so many rows that have a property, such as accuracy.
  case share(ofRows: Int)
  /// The difference of two such shares of the same rows.
  case difference(ofRows: Int)

  /// The values there can be.
  var range: Interval? {
    switch self {
    case .any: nil
    case .within(let range): range
    case .share: Interval(from: 0, to: 1)
    case .difference: Interval(from: -1, to: 1)
    }
  }

  /// What the mean over `count` rows leaves open, if nothing but the number of rows were known: Wilson's
  /// interval of a share; around a difference, how far above its size that of so many unequal rows goes.
  func binomialInterval(_ mean: Double, of count: Int, confidence: Double) -> Interval? {
    switch self {
    case .any, .within: return nil
    case .share:
      return BinomialInterval.wilson(
        share: min(max(mean, 0), 1), of: count, confidence: confidence)
    case .difference:
      let size = min(abs(mean), 1)
      let most = BinomialInterval.wilson(share: size, of: count, confidence: confidence).upper
      return Interval(centre: mean, halfWidth: most - size)
    }
  }
}
