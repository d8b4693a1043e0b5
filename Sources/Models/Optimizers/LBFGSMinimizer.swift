import LinAlg

/// Limited-memory BFGS with a line search for the weak Wolfe conditions, for many parameters.
///
/// The inverse Hessian is the two-loop recursion over the last `memory` pairs of steps s and
/// gradient changes y, started from (sᵀy / yᵀy)·I, or from the inverse of a matrix `curvature` that is near the
/// Hessian. A step t satisfies
///
///     f(θ + td) ≤ f(θ) + 10⁻⁴·t·∇fᵀd   and   ∇f(θ + td)ᵀd ≥ 0.9·∇fᵀd
///
/// up to the rounding of f, which keeps sᵀy positive. It is found by doubling and bisection.
///
/// Source: Nocedal, Wright, "Numerical Optimization" (2006), algorithm 7.4; line search: Lewis,
/// Overton, "Nonsmooth optimization via quasi-Newton methods" (2013), algorithm 2.6.
struct LBFGSMinimizer {
  /// ‖∇f‖∞ at which to stop.
  let tolerance: Double
  let maxIterations: Int
  /// The factor of a matrix near the Hessian.
  var curvature: CholeskyFactor?

  private static let memory = 10

  private struct Pair {
    let s: [Double]
    let y: [Double]
    let inverseCurvature: Double
  }

  func minimize(_ objective: some DifferentiableObjective, from start: [Double]) -> Minimum {
    let goal = objective.gradientGoal(tolerance)
    var point = start
    var gradient = [Double](repeating: 0, count: objective.parameterCount)
    var value = objective.value(at: point, gradient: &gradient)
    var pairs: [Pair] = []
    var iteration = 0

    while iteration < maxIterations, infinityNorm(gradient) > goal {
      let direction = self.direction(gradient, pairs)
      guard
        let next = search(
          objective, from: point, value, gradient, along: direction,
          firstStep: pairs.isEmpty && curvature == nil ? 1 / max(BLAS.nrm2(gradient.span), 1) : 1)
      else {
        // No progress along the model's direction: forget it once, then give up.
        if pairs.isEmpty { break }
        pairs = []
        continue
      }
      let s = zip(next.point, point).map { $0 - $1 }
      let y = zip(next.gradient, gradient).map { $0 - $1 }
      let product = BLAS.dot(s.span, y.span)
      if product > 0 {
        if pairs.count == Self.memory { pairs.removeFirst() }
        pairs.append(Pair(s: s, y: y, inverseCurvature: 1 / product))
      }
      (point, value, gradient) = (next.point, next.value, next.gradient)
      iteration += 1
    }
    let norm = infinityNorm(gradient)
    // A search that fails from steepest descent has met the grain of the value.
    return Minimum(
      point: point, value: value, gradientNorm: norm, iterations: iteration,
      hasConverged: norm <= goal || iteration < maxIterations)
  }

  private func direction(_ gradient: [Double], _ pairs: [Pair]) -> [Double] {
    var q = gradient.map { -$0 }
    var coefficients: [Double] = []
    for pair in pairs.reversed() {
      let a = pair.inverseCurvature * BLAS.dot(pair.s.span, q.span)
      BLAS.axpy(-a, pair.y.span, into: &q)
      coefficients.append(a)
    }
    if let curvature {
      curvature.solve(&q)
    } else if let last = pairs.last {
      let scale = 1 / (last.inverseCurvature * BLAS.dot(last.y.span, last.y.span))
      q = q.map { $0 * scale }
    }
    for (pair, a) in zip(pairs, coefficients.reversed()) {
      let b = pair.inverseCurvature * BLAS.dot(pair.y.span, q.span)
      BLAS.axpy(a - b, pair.s.span, into: &q)
    }
    return q
  }

  private func search(
    _ objective: some DifferentiableObjective, from start: [Double], _ startValue: Double,
    _ startGradient: [Double], along direction: [Double], firstStep: Double
  ) -> (point: [Double], value: Double, gradient: [Double])? {
    let slope = BLAS.dot(startGradient.span, direction.span)
    guard slope < 0 else { return nil }
    // Near the minimum the value cannot show a decrease that the gradient still can.
    let grain = 8 * Double.ulpOfOne * max(abs(startValue), 1)
    var gradient = startGradient
    var (low, high) = (0.0, Double.infinity)
    var step = firstStep
    for _ in 0..<60 {
      let point = moved(start, step, direction)
      let value = objective.value(at: point, gradient: &gradient)
      if !(value <= startValue + 1e-4 * step * slope + grain) {
        high = step
      } else if BLAS.dot(gradient.span, direction.span) < 0.9 * slope {
        low = step
      } else {
        return (point, value, gradient)
      }
      step = high.isFinite ? (low + high) / 2 : 2 * low
    }
    return nil
  }
}
