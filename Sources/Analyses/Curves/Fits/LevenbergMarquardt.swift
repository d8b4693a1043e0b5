import LinAlg

/// Least squares in a few free numbers, by the method of Levenberg and Marquardt.
///
///     minimise  Σᵢ rᵢ(θ)²
///
/// Source: Marquardt, "An algorithm for least-squares estimation of nonlinear parameters", SIAM Journal on
/// Applied Mathematics 11 (1963).
struct LevenbergMarquardt {
  /// The residuals, with their slopes by θ.
  private let residuals: ([Double]) -> [Dual]

  /// Of a curve through points: (f(point; θ) − y)/SE of each.
  init(_ points: [CurvePoint], _ curve: @escaping ([Dual]) -> (CurvePoint) -> Dual) {
    residuals = { free in
      let accuracy = curve(free.indices.map { Dual(free[$0], parameter: $0) })
      return points.map { (accuracy($0) - Dual($0.accuracy)) / Dual($0.standardError) }
    }
  }

  /// Where a descent ended: θ, and the sum of squares there.
  typealias End = (free: [Double], squares: Double)

  /// Number of starts, steps that every one is given, and starts that go on after them.
  private static let (starts, trial, finalists) = (48, 40, 8)

  /// Steps to the end from a place near it; beyond them lies a valley that data do not tell from flat.
  static let nearSteps = 60

  /// The lowest end of descents from where the minimum should be, and from places moved from there at random.
  ///
  /// All are given a few steps, and the lowest by then go on to the end.
  func minimize(near free: [Double], seed: UInt32) -> End {
    let tried = (0..<Self.starts).map { number in
      var stream = RandomStream(purpose: .curveStarts, seed: seed, row: number)
      let spreading = number == 0 ? 0 : 1 + Double(number % 4)
      return minimize(from: free.map { $0 + spreading * stream.normal() }, steps: Self.trial)
    }
    let order = tried.indices.sorted { (tried[$0].squares, $0) < (tried[$1].squares, $1) }
    let ends = order.prefix(Self.finalists).map { minimize(from: tried[$0].free) }
    return ends.min { $0.squares < $1.squares } ?? ([], .infinity)
  }

  /// The end of the descent from θ.
  func minimize(from start: [Double], steps: Int = 2_000) -> End {
    var residuals = residuals(start)
    var end = (free: start, squares: Self.squares(residuals))
    var damping = 1e-3
    for _ in 0..<steps {
      let (normal, right) = Self.normalEquations(residuals, count: start.count)
      var isLower = false
      while damping < 1e12 {
        var damped = normal
        for i in start.indices { damped[i][i] += damping * max(normal[i][i], 1e-12) }
        guard let step = Self.solve(damped, right) else {
          damping *= 10
          continue
        }
        let next = zip(end.free, step).map { $0 + $1 }
        let there = self.residuals(next)
        let squares = Self.squares(there)
        guard squares < end.squares else {
          damping *= 4
          continue
        }
        isLower = end.squares - squares > 1e-13 * (end.squares + 1e-30)
        (end.free, end.squares, residuals) = (next, squares, there)
        damping = max(damping / 8, 1e-15)
        break
      }
      if !isLower { break }
    }
    return end
  }

  /// JᵀJ and −Jᵀr.
  private static func normalEquations(
    _ residuals: [Dual], count: Int
  ) -> (normal: [[Double]], right: [Double]) {
    var rows = [SIMD8<Double>](repeating: SIMD8(repeating: 0), count: count)
    var right = SIMD8<Double>(repeating: 0)
    for residual in residuals {
      right -= residual.slopes * residual.value
      for i in 0..<count { rows[i] += residual.slopes[i] * residual.slopes }
    }
    return (rows.map { row in (0..<count).map { row[$0] } }, (0..<count).map { right[$0] })
  }

  private static func squares(_ residuals: [Dual]) -> Double {
    let sum = residuals.reduce(0.0) { $0 + $1.value * $1.value }
    return sum.isFinite ? sum : .infinity
  }

  /// The solution of a small system, by elimination with pivots; nil where there is none.
  private static func solve(_ matrix: [[Double]], _ right: [Double]) -> [Double]? {
    var (a, x) = (matrix, right)
    let n = x.count
    for column in 0..<n {
      guard let pivot = (column..<n).max(by: { abs(a[$0][column]) < abs(a[$1][column]) }),
        abs(a[pivot][column]) > 0, a[pivot][column].isFinite
      else { return nil }
      a.swapAt(column, pivot)
      x.swapAt(column, pivot)
      for row in column + 1..<n {
        let factor = a[row][column] / a[column][column]
        for k in column..<n { a[row][k] -= factor * a[column][k] }
        x[row] -= factor * x[column]
      }
    }
    for row in (0..<n).reversed() {
      for k in row + 1..<n { x[row] -= a[row][k] * x[k] }
      x[row] /= a[row][row]
    }
    return x.allSatisfy(\.isFinite) ? x : nil
  }
}
