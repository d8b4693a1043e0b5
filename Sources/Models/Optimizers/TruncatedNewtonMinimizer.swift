import LinAlg

/// Newton's method in a region of trust, with steps by conjugate gradients, for many parameters.
///
///     H·s ≈ −∇f   until ‖H·s + ∇f‖ ≤ η·‖∇f‖ or ‖s‖ = Δ,   ‖r‖² = rᵀM⁻¹r,   ‖s‖² = sᵀMs
///
/// M is the diagonal of H or, once steps take more turns than it costs, the objective's preconditioner. Products
/// with H are all that is asked of it, so a step of m turns costs about m gradients. The radius Δ follows how well
/// the quadratic model foretold the last step: far from the minimum steps are short and take a few turns.
///
/// Source: Steihaug, "The conjugate gradient method and trust regions in large scale optimization", SIAM J. Numer.
/// Anal. 20 (1983); radius: Lin, Weng, Keerthi, "Trust region Newton method for large-scale logistic regression",
/// JMLR 9 (2008), section 2.
struct TruncatedNewtonMinimizer {
  /// ‖∇f‖∞ at which to stop.
  let tolerance: Double
  let maxIterations: Int

  /// Turns of conjugate gradients that a step may take.
  private static let turnLimit = 2_000

  /// η: a tenth far off; near the minimum, where it pays, less.
  private static let forcing = 0.1
  private static let leastForcing = 1e-4

  func minimize<Objective: CurvedObjective>(
    _ objective: Objective, from start: [Double]
  ) -> Minimum {
    let goal = objective.gradientGoal(tolerance)
    var point = start
    var gradient = [Double](repeating: 0, count: objective.parameterCount)
    var trialGradient = gradient
    var value = objective.value(at: point, gradient: &gradient)
    let first = max(BLAS.nrm2(gradient.span), 1e-300)
    var curvature = objective.curvature(at: point, after: nil)
    var search = ConjugateGradients(objective, curvature)
    var radius = Double.infinity
    var (iteration, isAtGrain) = (0, false)
    while iteration < maxIterations {
      let norm = infinityNorm(gradient)
      if norm <= goal { break }
      let ratio = BLAS.nrm2(gradient.span) / first
      let forcing = min(max(ratio.squareRoot(), Self.leastForcing), Self.forcing)
      let step = search.step(
        objective, curvature, gradient, forcing: forcing, radius: radius, limit: Self.turnLimit)
      // Products that single precision cannot hold give no step, and no reason to stop either.
      guard step.length > 0 else { break }
      let trial = moved(point, 1, step.direction)
      let trialValue = objective.value(at: trial, gradient: &trialGradient)
      let grain = 8 * Double.ulpOfOne * max(abs(value), 1)
      isAtGrain = step.promised <= grain && infinityNorm(trialGradient) >= norm
      guard !isAtGrain else { break }
      let agreement = step.promised <= grain ? 1 : (value - trialValue) / step.promised
      if !(agreement >= 0.25) {
        radius = 0.25 * min(step.length, radius)
      } else if agreement > 0.75, step.isCut {
        radius *= 4
      }
      iteration += 1
      // A radius below what the point's digits hold moves nothing.
      guard radius > 1e-300 else { break }
      // Where values are as good as equal, gradients say whether the point is nearer: this one has the smaller.
      let isNearer = step.promised <= grain || trialValue <= value + grain && agreement > 1e-4
      guard isNearer else { continue }
      (point, value, gradient) = (trial, trialValue, trialGradient)
      if radius == .infinity { radius = step.length }
      curvature = objective.curvature(at: point, after: curvature)
    }
    let norm = infinityNorm(gradient)
    return Minimum(
      point: point, value: value, gradientNorm: norm, iterations: iteration,
      hasConverged: isAtGrain || norm <= goal)
  }
}

/// Steps of Newton's method by conjugate gradients.
private struct ConjugateGradients<Objective: CurvedObjective> {
  struct Step {
    var direction: [Double]
    /// ‖s‖.
    var length: Double
    /// What the quadratic model says that f falls by.
    var promised: Double
    var turns: Int
    /// Whether it ends at the radius.
    var isCut: Bool
  }

  private var inverse: [Double]
  private var near: (any Preconditioner)?
  private let threads: Int
  private var dearTurns = 0

  init(_ objective: Objective, _ curvature: Objective.Curvature) {
    inverse = objective.diagonal(curvature).map { 1 / max($0, 1e-300) }
    threads = objective.threads
  }

  /// M⁻¹r.
  private func preconditioned(_ r: [Double]) -> [Double] {
    near?.solution(r, threads: threads) ?? zip(r, inverse).map { $0 * $1 }
  }

  mutating func step(
    _ objective: Objective, _ curvature: Objective.Curvature, _ gradient: [Double],
    forcing: Double, radius: Double, limit: Int
  ) -> Step {
    if dearTurns > objective.preconditionerCost {
      near = objective.preconditioner(curvature) ?? near
      dearTurns = 0
    }
    if near == nil { inverse = objective.diagonal(curvature).map { 1 / max($0, 1e-300) } }
    var s = [Double](repeating: 0, count: gradient.count)
    // Where curvature is beyond single precision, parameters would seem not to move.
    guard inverse.allSatisfy({ $0 > 0 }) else {
      return Step(direction: s, length: 0, promised: 0, turns: 0, isCut: false)
    }
    var residual = gradient.map { -$0 }
    var z = preconditioned(residual)
    var d = z
    var square = BLAS.dot(residual.span, z.span)
    let goal = forcing * forcing * square
    // ‖s‖², sᵀMd and dᵀMd, by recurrence.
    var (ss, sd, dd) = (0.0, 0.0, square)
    var (promised, turns) = (0.0, 0)
    var isCut = false
    while turns < limit, square > goal {
      let product = objective.product(curvature, with: d)
      turns += 1
      let bend = BLAS.dot(d.span, product.span)
      var length = bend > 0 ? square / bend : .infinity
      // Beyond the radius, or where rounding hides what curvature there is, it ends at the radius.
      if ss + 2 * length * sd + length * length * dd > radius * radius || !length.isFinite {
        guard radius.isFinite else { break }
        length = (-sd + (sd * sd + dd * max(radius * radius - ss, 0)).squareRoot()) / dd
        isCut = true
      }
      promised += length * BLAS.dot(residual.span, d.span) - length * length * bend / 2
      BLAS.axpy(length, d.span, into: &s)
      ss += 2 * length * sd + length * length * dd
      if isCut { break }
      BLAS.axpy(-length, product.span, into: &residual)
      z = preconditioned(residual)
      let next = BLAS.dot(residual.span, z.span)
      let ratio = next / square
      for index in d.indices { d[index] = z[index] + ratio * d[index] }
      sd = ratio * (sd + length * dd)
      dd = next + ratio * ratio * dd
      square = next
    }
    dearTurns += turns
    return Step(
      direction: s, length: max(ss, 0).squareRoot(), promised: promised, turns: turns, isCut: isCut)
  }
}
