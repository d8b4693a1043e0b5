/// Mean accuracy at a number of training rows, and how sure it is.
public struct CurvePoint: Sendable, Equatable {
  /// Number of training rows n.
  public let rows: Double

  /// Mean accuracy.
  public let accuracy: Double

  /// Its standard error, above 0.
  public let standardError: Double

  /// A point.
  ///
  /// - Precondition: `rows > 1` and `standardError > 0`.
  public init(rows: Double, accuracy: Double, standardError: Double) {
    precondition(
      rows > 1 && standardError > 0, "No point at \(rows) rows ± \(standardError)")
    (self.rows, self.accuracy, self.standardError) = (rows, accuracy, standardError)
  }
}
