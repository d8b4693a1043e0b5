import LinAlg

/// Newton's method with the full Hessian and a backtracking line search, for convex functions.
///
///     H·s = −∇f,   θ ← θ + t·s,   t the first of 1, ½, ¼, … with f(θ + ts) ≤ f(θ) + 10⁻⁴·t·∇fᵀs
///
/// A Hessian that is not positive definite in floating point gets λI added, with λ growing until
/// it is. The method stops when ‖∇f‖∞ ≤ `tolerance`, or when the decrease that the quadratic model
/// promises is below what the value of f can show.
///
/// Where it `reusesHessian`, one that made the gradient ten times smaller serves for the next step too, which
/// then costs no more than the gradient that the line search has found: near the minimum of many rows,
/// where a Hessian takes as long as ten gradients.
///
/// Source: Nocedal, Wright, "Numerical Optimization" (2006), sections 3.1 and 3.4.
struct NewtonMinimizer {
  let tolerance: Double
  let maxIterations: Int
  var reusesHessian = false

  func minimize(_ objective: some SmoothObjective, from start: [Double]) -> Minimum {
    let count = objective.parameterCount
    let goal = objective.gradientGoal(tolerance)
    var point = start
    var gradient = [Double](repeating: 0, count: count)
    var trialGradient = gradient
    var hessian = Matrix<Double>(rows: count, columns: count)
    var value = objective.value(at: point, gradient: &gradient, hessian: &hessian)
    var factor = Self.factor(hessian)

    var (iteration, isAtGrain) = (0, false)
    while iteration < maxIterations {
      let norm = infinityNorm(gradient)
      if norm <= goal { break }
      var step = gradient.map { -$0 }
      // A Hessian beyond repair holds infinities: the steepest descent is left.
      factor?.solve(&step)
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
      let trialNorm = infinityNorm(trialGradient)
      isAtGrain = -slope <= grain && trialNorm >= norm
      guard !isAtGrain, trialValue <= value + grain else { break }
      point = trial
      iteration += 1
      if reusesHessian, trialNorm <= norm / 10 {
        (value, gradient) = (trialValue, trialGradient)
      } else {
        value = objective.value(at: point, gradient: &gradient, hessian: &hessian)
        factor = Self.factor(hessian)
      }
    }
    let norm = infinityNorm(gradient)
    return Minimum(
      point: point, value: value, gradientNorm: norm, iterations: iteration,
      hasConverged: isAtGrain || norm <= goal)
  }

  /// The factor of a Hessian, damped until it has one.
  private static func factor(_ hessian: Matrix<Double>) -> CholeskyFactor? {
    let largest = (0..<hessian.rows).reduce(0.0) { max($0, hessian[$1, $1]) }
    var damping = 0.0
    while true {
      var damped = hessian
      if damping > 0 {
        for index in 0..<hessian.rows { damped[index, index] += damping }
      }
      if let factor = try? CholeskyFactor(damped) { return factor }
      damping = max(damping * 10, 1e-14 * max(largest, 1))
      if !damping.isFinite || damping > 1e6 * max(largest, 1) { return nil }
    }
  }
}
