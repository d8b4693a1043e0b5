/// Numbers of seeds that a sweep cannot have.
public struct SweepExtentError: Error, Equatable, Sendable, CustomStringConvertible {
  /// Which number: `seeds`, `untilCI` or `maxSeeds`.
  public let key: PlanKey

  /// Its value.
  public let value: String

  /// What would be accepted.
  public let accepted: String

  /// What is wrong and what would be accepted, in one line.
  public var description: String {
    "\(key.rawValue) cannot be \(value); accepted: \(accepted)"
  }
}
