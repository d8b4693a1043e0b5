/// The share p of the final training set that an attacker controls.
public struct PoisonLevel: Sendable, Hashable, Comparable, Encodable, CustomStringConvertible {
  /// p, in 0...1.
  public let share: Double

  /// No poison.
  public static let clean = PoisonLevel()

  /// Checks a share.
  ///
  /// - Throws: `PoisoningError.levelOutOfRange` unless `0 <= share <= 1`.
  public init(_ share: Double) throws(PoisoningError) {
    guard share >= 0, share <= 1 else { throw .levelOutOfRange(share) }
    self.share = share
  }

  private init() {
    share = 0
  }

  /// The number of poisoned rows when rows of a set of `count` are replaced: p·n, half rounded up.
  ///
  /// p is meant as the decimal it was written as: 0.285 of 100 is 28.5 and gives 29, although the
  /// nearest double is a little less. Both it and the product are off by at most half an ulp.
  /// - Throws: `PoisoningError.noCleanRow` when nothing clean would be left.
  public func rowCount(of count: Int) throws(PoisoningError) -> Int {
    let exact = share * Double(count)
    let poisoned = Int((exact + 2 * exact.ulp + 0.5).rounded(.down))
    guard poisoned == 0 || poisoned < count else {
      throw .noCleanRow(level: self, rowCount: count)
    }
    return poisoned
  }

  /// The number of poisoned rows when they are added to a set of `count` clean ones:
  /// n·p/(1 − p), half rounded up, so that they are the share p of all rows.
  ///
  /// - Throws: `PoisoningError.noCleanRow` for p = 1.
  public func addedRowCount(to count: Int) throws(PoisoningError) -> Int {
    let exact = share * Double(count) / (1 - share)
    guard exact.isFinite, exact < 1e15 else { throw .noCleanRow(level: self, rowCount: count) }
    // The decimal is meant here too; 1 − p may lose what p is off by.
    let slack = 4 * exact.ulp / (1 - share)
    return Int((exact + slack + 0.5).rounded(.down))
  }

  /// Orders levels by share.
  public static func < (a: PoisonLevel, b: PoisonLevel) -> Bool { a.share < b.share }

  /// Writes the share.
  public func encode(to encoder: any Encoder) throws { try share.encode(to: encoder) }

  /// The share in percent, such as `5 %`.
  public var description: String {
    let percent = (share * 1e8).rounded() / 1e6
    return percent == percent.rounded() ? "\(Int(percent)) %" : "\(percent) %"
  }
}
