/// Other losses than the hinge, by the same solver.
extension PairSolver {
  /// Solves with Huber's hinge.
  ///
  ///     minimise  ½βᵀ(K + D)β − (1 + h)·yᵀβ   in the box of the hinge,   D_tt = 2h/C_t
  ///
  /// D and 1 + h come from the conjugate of the loss, −(1 + h)a + h·a². With h → 0 it is the hinge.
  /// - Precondition: The minimiser's K has D added.
  mutating func solve(
    signs y: [Double], bounds: [Double], huberized h: Double
  ) -> PairSolution {
    let upper = y.indices.map { y[$0] > 0 ? bounds[$0] : 0 }
    let lower = y.indices.map { y[$0] > 0 ? 0 : -bounds[$0] }
    let linear = y.map { (1 + h) * $0 }
    let end = minimizer.minimize(
      from: y.map { _ in 0 }, slack: linear, lower: lower, upper: upper)
    let b = intercept(end, lower, upper)
    var (quadratic, dual, primal) = (0.0, 0.0, 0.0)
    for t in y.indices {
      let beta = end.beta[t]
      let shift = 2 * h / bounds[t]
      // Kβ without the shift.
      let value = linear[t] - end.slack[t] - shift * beta
      quadratic += beta * value
      dual += beta * (linear[t] - end.slack[t]) / 2 - linear[t] * beta
      primal += bounds[t] * MarginLoss.huberized(h: h).value(y[t] * (value + b))
    }
    return PairSolution(
      coefficients: end.beta, intercept: b, objective: dual,
      dualityGap: quadratic / 2 + primal + dual, iterations: end.iterations,
      hasConverged: end.hasConverged)
  }

  /// Solves with the ramp loss, by the concave-convex procedure from the solution for the hinge.
  ///
  /// The ramp is the hinge minus the hinge at s. Rows below s, set S, pay the second at its slope,
  /// which moves their box by C_t:
  ///
  ///     repeat: minimise ½βᵀKβ − yᵀβ  with  C_t·min(0, y_t) − η_t·y_t ≤ β_t ≤ C_t·max(0, y_t) − η_t·y_t
  ///             S = { t : y_t·f(x_t) < s },  η_t = C_t in S, else 0;       until S stays
  ///
  /// Every turn lowers ½‖w‖² + Σ C_t·ramp, so it ends. The gap is that of the last convex problem.
  mutating func solve(
    signs y: [Double], bounds: [Double], ramp s: Double
  ) -> PairSolution {
    var isBelow = [Bool](repeating: false, count: y.count)
    var (turn, iterations) = (0, 0)
    while true {
      let isLast = turn == 1_000 || iterations >= minimizer.maxIterations
      let upper = y.indices.map { (y[$0] > 0) != isBelow[$0] ? bounds[$0] : 0 }
      let lower = y.indices.map { (y[$0] > 0) != isBelow[$0] ? 0 : -bounds[$0] }
      var end = minimizer.minimize(
        from: y.map { _ in 0 }, slack: y, lower: lower, upper: upper)
      if isLast { end.hasConverged = false }
      iterations += end.iterations
      let b = intercept(end, lower, upper)
      let next = y.indices.map { t in y[t] * (y[t] - end.slack[t] + b) < s }
      guard next != isBelow, next.contains(false), end.hasConverged else {
        return rampSolution(y, bounds, isBelow, end, b, s, iterations)
      }
      (isBelow, turn) = (next, turn + 1)
    }
  }

  /// What the last turn came to; the objective is the negated one of the ramp.
  private func rampSolution(
    _ y: [Double], _ bounds: [Double], _ isBelow: [Bool], _ end: BoundedEnd, _ b: Double,
    _ s: Double, _ iterations: Int
  ) -> PairSolution {
    var (quadratic, linear, convex, ramp) = (0.0, 0.0, 0.0, 0.0)
    for t in y.indices {
      let value = y[t] - end.slack[t]
      let margin = y[t] * (value + b)
      quadratic += end.beta[t] * value
      linear += end.beta[t] * y[t]
      convex += bounds[t] * (max(0, 1 - margin) + (isBelow[t] ? margin - 1 : 0))
      ramp += bounds[t] * MarginLoss.ramp(s: s).value(margin)
    }
    return PairSolution(
      coefficients: end.beta, intercept: b, objective: -(quadratic / 2 + ramp),
      dualityGap: quadratic - linear + convex, iterations: iterations,
      hasConverged: end.hasConverged)
  }

  /// The mean of the slack over rows inside their box, or the middle of what the others leave.
  private func intercept(
    _ end: BoundedEnd, _ lower: [Double], _ upper: [Double]
  ) -> Double {
    let (inside, least, most) = slackByBounds(end, lower, upper)
    if let inside { return inside }
    return least.isFinite && most.isFinite
      ? (least + most) / 2 : least.isFinite ? least : most.isFinite ? most : 0
  }
}
