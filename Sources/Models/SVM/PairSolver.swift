import LinAlg

/// Sequential minimal optimisation of one C-SVC with two classes, y = ±1.
///
///     minimise  ½βᵀKβ − yᵀβ   subject to  Σβ = 0,   0 ≤ y_tβ_t ≤ C_t        (β_t = y_tα_t)
///
/// It is solved by `BoundedSolver`, with LIBSVM's conventions for the bias.
struct PairSolver {
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
    let upper = y.indices.map { y[$0] > 0 ? bounds[$0] : 0 }
    let lower = y.indices.map { y[$0] > 0 ? 0 : -bounds[$0] }
    let end = BoundedSolver(tolerance: tolerance, maxIterations: maxIterations).minimize(
      from: y.map { _ in 0 }, slack: y, lower: lower, upper: upper, kernel: &kernel)
    return solution(
      y, bounds, end.beta, end.slack, upper, lower, iterations: end.iterations,
      hasConverged: end.hasConverged)
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
