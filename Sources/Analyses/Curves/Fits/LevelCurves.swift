import Foundation

/// J3 through points: a curve a − b·n^−c a level, with one c for all.
///
/// For a given c the curves are straight lines in n^−c, each the constrained minimum of its level, so only c
/// is searched for: on a grid, then by golden section between the neighbours of the best.
struct LevelCurves {
  private let groups: [[CurvePoint]]

  /// c from 10^−3, as good as a line in ln n, to 10.
  private static let grid = (0...160).map { -3 + Double($0) / 40 }

  init(_ points: [CurvePoint], levels: [Double]) {
    groups = levels.map { level in points.filter { $0.level == level } }
  }

  /// The parameters c, then a and b of each level, and the sum of squares there.
  func minimize() -> (parameters: [Double], squares: Double) {
    let squares = { (exponent: Double) in curves(pow(10, exponent)).squares }
    let values = Self.grid.map(squares)
    let best = values.indices.min { values[$0] < values[$1] } ?? 0
    var (low, high) = (Self.grid[max(best - 1, 0)], Self.grid[min(best + 1, values.count - 1)])
    let ratio = (5.0.squareRoot() - 1) / 2
    for _ in 0..<60 {
      let (left, right) = (high - ratio * (high - low), low + ratio * (high - low))
      if squares(left) <= squares(right) { high = right } else { low = left }
    }
    let c = pow(10, (low + high) / 2)
    let end = curves(c)
    return ([c] + end.lines.flatMap { [$0.a, $0.b] }, end.squares)
  }

  private struct Line {
    var a: Double
    var b: Double
    var squares: Double
  }

  private func curves(_ c: Double) -> (lines: [Line], squares: Double) {
    let lines = groups.map { Self.line($0, c) }
    return (lines, lines.reduce(0) { $0 + $1.squares })
  }

  /// The weighted least squares a − b·x, x = n^−c, under a ≤ 1 and b ≥ 0.
  ///
  /// The problem is convex: where the free minimum is outside, the best is on a bound.
  private static func line(_ points: [CurvePoint], _ c: Double) -> Line {
    var (weights, x, y, xx, xy) = (0.0, 0.0, 0.0, 0.0, 0.0)
    let powers = points.map { pow($0.rows, -c) }
    for (point, power) in zip(points, powers) {
      let weight = 1 / (point.standardError * point.standardError)
      weights += weight
      x += weight * power
      y += weight * point.accuracy
    }
    let (meanX, meanY) = (x / weights, y / weights)
    var bound = (slope: 0.0, square: 0.0)
    for (point, power) in zip(points, powers) {
      let weight = 1 / (point.standardError * point.standardError)
      xx += weight * (power - meanX) * (power - meanX)
      xy += weight * (power - meanX) * (point.accuracy - meanY)
      bound.slope += weight * power * (1 - point.accuracy)
      bound.square += weight * power * power
    }
    let judged = { (a: Double, b: Double) in
      Line(
        a: a, b: b,
        squares: zip(points, powers).reduce(0) { sum, next in
          let residual = (next.0.accuracy - a + b * next.1) / next.0.standardError
          return sum + residual * residual
        })
    }
    let b = xx > 0 ? -xy / xx : 0
    let a = meanY + b * meanX
    if b >= 0, a <= 1 { return judged(a, b) }
    let flat = judged(min(meanY, 1), 0)
    let steep = judged(1, max(bound.slope / bound.square, 0))
    return flat.squares <= steep.squares ? flat : steep
  }
}
