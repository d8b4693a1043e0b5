/// The family that foresees the largest sizes best.
///
/// Each family is fitted to all points but the `heldOut` largest and judged by its weighted squares there;
/// the best is then fitted to all. A constant is among them, and a family with as many parameters as
/// points are left is not.
public struct CurveChoice: Sendable {
  /// The curve, fitted to all points.
  public let fit: CurveFit

  /// The root of the mean weighted square at the held-out points: about 1 where the family is right.
  public let heldOutErrors: [(family: CurveFamily, error: Double)]

  /// Chooses among all families.
  ///
  /// - Precondition: More points than are held out, by two at least, at different sizes.
  public init(_ points: [CurvePoint], heldOut: Int = 2) {
    precondition(
      heldOut > 0 && points.count >= heldOut + 2, "\(heldOut) of \(points.count) points held out")
    let sorted = points.sorted { $0.rows < $1.rows }
    let (near, far) = (Array(sorted.dropLast(heldOut)), sorted.suffix(heldOut))
    heldOutErrors = CurveFamily.allCases.filter { $0.parameterCount < near.count }.map { family in
      let fit = CurveFit(family, to: near)
      let squares = far.reduce(0.0) {
        let residual = ($1.accuracy - fit.accuracy(at: $1.rows)) / $1.standardError
        return $0 + residual * residual
      }
      return (family, (squares / Double(heldOut)).squareRoot())
    }
    // Of equal ones the first, which has the fewest parameters.
    var best = (family: CurveFamily.last1, error: Double.infinity)
    for candidate in heldOutErrors where candidate.error < best.error { best = candidate }
    fit = CurveFit(best.family, to: sorted)
  }
}
