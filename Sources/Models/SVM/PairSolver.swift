import LinAlg

/// Sequential minimal optimisation of one C-SVC with two classes, y = ±1.
///
///     minimise  ½βᵀKβ − yᵀβ   subject to  Σβ = 0,   0 ≤ y_tβ_t ≤ C_t        (β_t = y_tα_t)
///
/// The state is β and the slack of each row, g = y − Kβ. A row may move up while y_tβ_t has room in
/// its direction, and down likewise. Each iteration moves the pair
///
///     i = argmax { g_t : t may move up },
///     j = argmax { (g_i − g_t)² / (K_ii + K_tt − 2K_it) : t may move down, g_t < g_i }
///
/// by λ = (g_i − g_j) / (K_ii + K_jj − 2K_ij), less if a bound is nearer, and stops when
/// max g (up) − min g (down) < `tolerance`. This is LIBSVM's path without shrinking.
///
/// Source: Fan, Chen, Lin, "Working set selection using second order information for training
/// support vector machines", JMLR 6 (2005), WSS 2; LIBSVM's conventions for the bias.
struct PairSolver {
  /// What replaces a curvature that is not positive, as in LIBSVM.
  static let smallestCurvature = 1e-12

  let tolerance: Double
  let maxIterations: Int

  struct Solution {
    /// β, one number per row; nonzero for support vectors.
    let coefficients: [Double]
    /// b of the decision value Σβ_t k(x_t, x) + b.
    let intercept: Double
    /// ½βᵀKβ − yᵀβ, the negated dual objective.
    let objective: Double
    /// Primal minus dual objective, ≥ 0 up to rounding.
    let dualityGap: Double
    let iterations: Int
    let hasConverged: Bool
  }

  /// Solves for rows with signs y and bounds C_t > 0, both classes present.
  func solve(signs y: [Double], bounds: [Double], kernel: inout KernelCache) -> Solution {
    let n = y.count
    let upper = (0..<n).map { y[$0] > 0 ? bounds[$0] : 0 }
    let lower = (0..<n).map { y[$0] > 0 ? 0 : -bounds[$0] }
    let diagonal = kernel.diagonal
    var beta = [Double](repeating: 0, count: n)
    var g = y
    var iterations = 0
    var hasConverged = false

    while iterations < maxIterations {
      guard let i = mostViolating(g, beta, upper) else {
        hasConverged = true
        break
      }
      let rowI = kernel.row(i)
      let (partner, lowest) = bestPartner(of: i, rowI, diagonal, g, beta, lower)
      guard let j = partner, g[i] - lowest >= tolerance else {
        hasConverged = true
        break
      }
      let rowJ = kernel.row(j)
      let curvature = curvature(diagonal[i], diagonal[j], rowI[j])
      let (roomI, roomJ) = (upper[i] - beta[i], beta[j] - lower[j])
      let step = min((g[i] - g[j]) / curvature, roomI, roomJ)
      // A bound that is reached is reached exactly.
      beta[i] = step == roomI ? upper[i] : beta[i] + step
      beta[j] = step == roomJ ? lower[j] : beta[j] - step
      for t in 0..<n { g[t].addProduct(-step, rowI[t] - rowJ[t]) }
      iterations += 1
    }
    return solution(
      y, bounds, beta, g, upper, lower, iterations: iterations, hasConverged: hasConverged)
  }

  private func curvature(_ kii: Double, _ ktt: Double, _ kit: Double) -> Double {
    let value = kii + ktt - 2 * kit
    return value > 0 ? value : Self.smallestCurvature
  }

  /// The last of the rows with the largest g that may move up, as LIBSVM breaks ties.
  private func mostViolating(_ g: [Double], _ beta: [Double], _ upper: [Double]) -> Int? {
    var best: Int?
    var largest = -Double.infinity
    for t in g.indices where beta[t] < upper[t] && g[t] >= largest {
      largest = g[t]
      best = t
    }
    return best
  }

  /// The row whose pair with `i` promises the largest decrease, and the smallest g of all rows
  /// that may move down.
  private func bestPartner(
    of i: Int, _ rowI: [Double], _ diagonal: [Double], _ g: [Double], _ beta: [Double],
    _ lower: [Double]
  ) -> (row: Int?, lowest: Double) {
    var best: Int?
    var lowest = Double.infinity
    var largest = -Double.infinity
    let (gi, kii) = (g[i], diagonal[i])
    for t in g.indices where beta[t] > lower[t] {
      lowest = min(lowest, g[t])
      let difference = gi - g[t]
      guard difference > 0 else { continue }
      let promise = difference * difference / curvature(kii, diagonal[t], rowI[t])
      if promise >= largest {
        largest = promise
        best = t
      }
    }
    return (best, lowest)
  }

  /// Bias and objectives at β, from g = y − Kβ alone.
  ///
  ///     b = mean of g over 0 < |β_t| < C_t, or the middle of the interval the bounds leave it
  ///     primal = ½βᵀKβ + Σ C_t max(0, y_t(g_t − b))
  private func solution(
    _ y: [Double], _ bounds: [Double], _ beta: [Double], _ g: [Double], _ upper: [Double],
    _ lower: [Double], iterations: Int, hasConverged: Bool
  ) -> Solution {
    var (free, freeSum) = (0, 0.0)
    var (least, most) = (-Double.infinity, Double.infinity)
    var (quadratic, linear) = (0.0, 0.0)
    for t in y.indices {
      let (up, down) = (beta[t] < upper[t], beta[t] > lower[t])
      if up && down {
        free += 1
        freeSum += g[t]
      } else if up {
        least = max(least, g[t])
      } else {
        most = min(most, g[t])
      }
      quadratic += beta[t] * (y[t] - g[t])
      linear += beta[t] * y[t]
    }
    let b = free > 0 ? freeSum / Double(free) : (least + most) / 2
    var hinge = 0.0
    for t in y.indices { hinge += bounds[t] * max(0, y[t] * (g[t] - b)) }
    let dual = quadratic / 2 - linear
    return Solution(
      coefficients: beta, intercept: b, objective: dual,
      dualityGap: quadratic / 2 + hinge + dual, iterations: iterations,
      hasConverged: hasConverged)
  }
}
