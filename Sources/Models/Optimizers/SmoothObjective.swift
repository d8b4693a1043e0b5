import LinAlg

/// A differentiable function to be minimised.
protocol DifferentiableObjective {
  /// Number of parameters P.
  var parameterCount: Int { get }

  /// A bound on the rounding error of a component of the gradient: below it no gradient can get.
  var gradientRoundingError: Double { get }

  /// The value at `point`, with the gradient (P) written.
  func value(at point: [Double], gradient: inout [Double]) -> Double
}

/// A twice differentiable function to be minimised.
protocol SmoothObjective: DifferentiableObjective {
  /// The value at `point`, with the gradient (P) and the Hessian (P × P) written.
  func value(
    at point: [Double], gradient: inout [Double], hessian: inout Matrix<Double>
  ) -> Double
}

/// A function whose Hessian can be multiplied without being formed.
protocol CurvedObjective: SmoothObjective {
  /// What products with the Hessian at a point need.
  associatedtype Curvature

  /// What products need at a point; what does not depend on it is taken from that of another.
  func curvature(at point: [Double], after last: Curvature?) -> Curvature

  /// H·v.
  func product(_ curvature: Curvature, with v: [Double]) -> [Double]

  /// The diagonal of H.
  func diagonal(_ curvature: Curvature) -> [Double]

  /// A matrix near H that is easily solved for, and nearer than its diagonal; nil where that fails.
  func preconditioner(_ curvature: Curvature) -> (any Preconditioner)?

  /// Threads that work on it.
  var threads: Int { get }

  /// About how many products with H its preconditioner takes.
  var preconditionerCost: Int { get }
}

/// A positive definite matrix M near a Hessian.
protocol Preconditioner: Sendable {
  /// M⁻¹r.
  func solution(_ r: [Double], threads: Int) -> [Double]
}

/// Where a minimisation ended.
struct Minimum {
  let point: [Double]
  let value: Double
  let gradientNorm: Double
  let iterations: Int
  let hasConverged: Bool
}

extension DifferentiableObjective {
  /// The norm of the gradient at which a minimisation to `tolerance` has arrived.
  func gradientGoal(_ tolerance: Double) -> Double {
    gradientRoundingError.isFinite ? max(tolerance, gradientRoundingError) : tolerance
  }
}

/// The largest absolute component: ‖x‖∞.
func infinityNorm(_ x: [Double]) -> Double {
  Lanes.maxMagnitude(x.span)
}

/// The point `start + step · direction`.
func moved(_ start: [Double], _ step: Double, _ direction: [Double]) -> [Double] {
  var point = start
  BLAS.axpy(step, direction.span, into: &point)
  return point
}
