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

  /// The number of the chosen family among those that were compared.
  let best: Int

  private let heldOut: Int
  /// Every family, fitted without the largest sizes and to all.
  private let candidates: [(near: CurveFit, all: CurveFit)]

  /// Chooses among all families.
  ///
  /// - Precondition: More points than are held out, by two at least, at different sizes.
  public init(_ points: [CurvePoint], heldOut: Int = 2) {
    precondition(
      heldOut > 0 && points.count >= heldOut + 2, "\(heldOut) of \(points.count) points held out")
    let (sorted, near, far) = Self.parts(points, heldOut)
    self.heldOut = heldOut
    candidates = CurveFamily.single.filter { $0.letters().count < near.count }.map {
      (CurveFit($0, to: near), CurveFit($0, to: sorted))
    }
    heldOutErrors = candidates.map { candidate in
      (candidate.near.family, far.error { candidate.near.accuracy(rows: $0.rows) })
    }
    // Of equal ones the first, which has the fewest parameters.
    let errors = heldOutErrors.map(\.error)
    best = errors.indices.min { errors[$0] < errors[$1] } ?? 0
    fit = candidates[best].all
  }

  /// The held-out error of each family on other points near its own.
  func errors(on points: [CurvePoint]) -> [Double] {
    let (_, near, far) = Self.parts(points, heldOut)
    return candidates.map { candidate in
      let fit = CurveFit(candidate.near, refittedTo: near)
      return far.error { fit.accuracy(rows: $0.rows) }
    }
  }

  /// A family, by its number, fitted to other points near its own.
  func curve(_ family: Int, through points: [CurvePoint]) -> CurveFit {
    CurveFit(candidates[family].all, refittedTo: points)
  }

  private static func parts(
    _ points: [CurvePoint], _ heldOut: Int
  ) -> (all: [CurvePoint], near: [CurvePoint], far: ArraySlice<CurvePoint>) {
    let sorted = points.sorted { $0.rows < $1.rows }
    return (sorted, Array(sorted.dropLast(heldOut)), sorted.suffix(heldOut))
  }
}
