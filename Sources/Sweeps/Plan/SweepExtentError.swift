/// Numbers of seeds that a sweep cannot have.
public struct SweepExtentError: Error, Equatable, Sendable {
  /// What a number is called.
  public enum Key: String, Sendable {
    /// The number of seeds.
    case seeds
    /// The half-width to stop at.
    case untilCI = "until_ci"
    /// The largest number of seeds.
    case maxSeeds = "max_seeds"
  }

  /// Which number.
  public let key: Key

  /// Its value.
  public let value: String

  /// What would be accepted.
  public let accepted: String
}
