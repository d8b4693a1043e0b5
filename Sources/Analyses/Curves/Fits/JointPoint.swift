/// Mean accuracy at a number of rows of which a share is poisoned, and how sure it is.
public struct JointPoint: Sendable, Equatable {
  /// Number of training rows n.
  public let rows: Double

  /// The share p that is poisoned.
  public let level: Double

  /// Mean accuracy.
  public let accuracy: Double

  /// Its standard error, above 0.
  public let standardError: Double

  /// A point.
  ///
  /// - Precondition: `rows > 1`, `level` from 0 to below 1 and `standardError > 0`.
  public init(rows: Double, level: Double, accuracy: Double, standardError: Double) {
    precondition(
      rows > 1 && level >= 0 && level < 1 && standardError > 0,
      "No point at \(rows) rows, level \(level), ± \(standardError)")
    (self.rows, self.level) = (rows, level)
    (self.accuracy, self.standardError) = (accuracy, standardError)
  }
}
