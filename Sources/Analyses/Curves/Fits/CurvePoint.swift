/// Mean accuracy at a number of training rows, of which a share may be poisoned, and how sure it is.
public struct CurvePoint: Sendable, Equatable {
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
  public init(rows: Double, level: Double = 0, accuracy: Double, standardError: Double) {
    precondition(
      rows > 1 && level >= 0 && level < 1 && standardError > 0,
      "No point at \(rows) rows, level \(level), ± \(standardError)")
    (self.rows, self.level) = (rows, level)
    (self.accuracy, self.standardError) = (accuracy, standardError)
  }
}

extension Sequence<CurvePoint> {
  /// The root of the mean weighted square of what a curve leaves of the points.
  func error(_ curve: (CurvePoint) -> Double) -> Double {
    var (squares, count) = (0.0, 0)
    for point in self {
      let residual = (point.accuracy - curve(point)) / point.standardError
      squares += residual * residual
      count += 1
    }
    return (squares / Double(count)).squareRoot()
  }
}
