/// Sequential minimal optimisation of one C-SVC with two classes, y = ±1.
///
///     minimise  ½βᵀKβ − yᵀβ   subject to  Σβ = 0,   0 ≤ y_tβ_t ≤ C_t        (β_t = y_tα_t)
///
/// It is solved by a `BoundedMinimizer`, with LIBSVM's conventions for the bias.
struct PairSolver<Minimizer: BoundedMinimizer> {
  var minimizer: Minimizer

  /// Solves for rows with signs y and bounds C_t > 0, both classes present.
  ///
  ///     b = mean of g = y − Kβ over 0 < |β_t| < C_t, or the middle of the interval the bounds leave it
  ///     primal = ½βᵀKβ + Σ C_t max(0, y_t(g_t − b))
  mutating func solve(signs y: [Double], bounds: [Double]) -> PairSolution {
    let upper = y.indices.map { y[$0] > 0 ? bounds[$0] : 0 }
    let lower = y.indices.map { y[$0] > 0 ? 0 : -bounds[$0] }
    let end = minimizer.minimize(
      from: y.map { _ in 0 }, slack: y, lower: lower, upper: upper)
    let (inside, least, most) = slackByBounds(end, lower, upper)
    let b = inside ?? (least + most) / 2
    var (quadratic, linear, hinge) = (0.0, 0.0, 0.0)
    for t in y.indices {
      quadratic += end.beta[t] * (y[t] - end.slack[t])
      linear += end.beta[t] * y[t]
      hinge += bounds[t] * max(0, y[t] * (end.slack[t] - b))
    }
    let dual = quadratic / 2 - linear
    return PairSolution(
      coefficients: end.beta, intercept: b, objective: dual,
      dualityGap: quadratic / 2 + hinge + dual, iterations: end.iterations,
      hasConverged: end.hasConverged)
  }

  /// The mean slack of rows inside their box, nil for none, and what the other rows leave a bias.
  func slackByBounds(
    _ end: BoundedEnd, _ lower: [Double], _ upper: [Double]
  ) -> (inside: Double?, least: Double, most: Double) {
    var (free, sum) = (0, 0.0)
    var (least, most) = (-Double.infinity, Double.infinity)
    for t in end.beta.indices {
      let (up, down) = (end.beta[t] < upper[t], end.beta[t] > lower[t])
      if up && down {
        free += 1
        sum += end.slack[t]
      } else if up {
        least = max(least, end.slack[t])
      } else {
        most = min(most, end.slack[t])
      }
    }
    return (free > 0 ? sum / Double(free) : nil, least, most)
  }
}

/// The machine of a pair of classes.
struct PairSolution: Sendable {
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
