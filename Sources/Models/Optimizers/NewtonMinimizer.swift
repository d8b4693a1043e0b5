import LinAlg

/// Newton's method with the full Hessian and a backtracking line search, for convex functions.
///
///     H·s = −∇f,   θ ← θ + t·s,   t the first of 1, ½, ¼, … with f(θ + ts) ≤ f(θ) + 10⁻⁴·t·∇fᵀs
///
/// A Hessian that is not positive definite in floating point gets λI added, with λ growing until
/// it is. The method stops when ‖∇f‖∞ ≤ `tolerance`, or when the decrease that the quadratic model
/// promises is below what the value of f can show.
///
/// Source: Nocedal, Wright, "Numerical Optimization" (2006), sections 3.1 and 3.4.
struct NewtonMinimizer {
  let tolerance: Double
  let maxIterations: Int

  func minimize(_ objective: some SmoothObjective, from start: [Double]) -> Minimum {
    let count = objective.parameterCount
    let goal = objective.gradientGoal(tolerance)
    var point = start
    var gradient = [Double](repeating: 0, count: count)
    var trialGradient = gradient
    var hessian = Matrix<Double>(rows: count, columns: count)
    var value = objective.value(at: point, gradient: &gradient, hessian: &hessian)

    var (iteration, isAtGrain) = (0, false)
    while iteration < maxIterations {
      let norm = infinityNorm(gradient)
      if norm <= goal { break }
      let step = newtonStep(gradient, hessian)
      let slope = BLAS.dot(gradient.span, step.span)
      // Half the slope is the promised decrease; ε·|f| is the grain of the value.
      let grain = 8 * Double.ulpOfOne * max(abs(value), 1)
      var length = 1.0
      var trial = moved(point, length, step)
      var trialValue = objective.value(at: trial, gradient: &trialGradient)
      while !(trialValue <= value + 1e-4 * length * slope + grain), length > 1e-10 {
        length /= 2
        trial = moved(point, length, step)
        trialValue = objective.value(at: trial, gradient: &trialGradient)
      }
      // Where noise decides, the last point is as good as doubles can tell.
      isAtGrain = -slope <= grain && infinityNorm(trialGradient) >= norm
      guard !isAtGrain, trialValue <= value + grain else { break }
      point = trial
      value = objective.value(at: point, gradient: &gradient, hessian: &hessian)
      iteration += 1
    }
    let norm = infinityNorm(gradient)
    return Minimum(
      point: point, value: value, gradientNorm: norm, iterations: iteration,
      hasConverged: isAtGrain || norm <= goal)
  }

  private func newtonStep(_ gradient: [Double], _ hessian: Matrix<Double>) -> [Double] {
    var step = gradient.map { -$0 }
    let largest = (0..<hessian.rows).reduce(0.0) { max($0, hessian[$1, $1]) }
    var damping = 0.0
    while true {
      var damped = hessian
      if damping > 0 {
        for index in 0..<hessian.rows { damped[index, index] += damping }
      }
      if let factor = try? CholeskyFactor(damped) {
        factor.solve(&step)
        return step
      }
      damping = max(damping * 10, 1e-14 * max(largest, 1))
      // A Hessian beyond repair holds infinities: the steepest descent is left.
      if !damping.isFinite || damping > 1e6 * max(largest, 1) { return step }
    }
  }
}
