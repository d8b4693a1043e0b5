public import Documents
import Foundation
import LinAlg

/// Objective perturbation: an exact convex fit whose objective has a random slope.
///
///     minimise  (1/n)·Σ ℓ(yᵢ·wᵀx̃ᵢ) + (Λ/2)‖w‖² + (1/n)·bᵀw + (Δ/2)‖w‖²,     Λ = 1/(C·n)
///     ε' = ε − ln(1 + 2s/(nΛ) + s²/(nΛ)²);  if ε' > 0: Δ = 0, else Δ = s/(n(e^{ε/4} − 1)) − Λ, ε' = ε/2
///     ‖b‖ ~ Gamma(d + 1, 2/ε'), its direction uniform
///
/// x̃ = (x, 1)/R, shrunk to norm 1 where it is longer; s bounds the curvature of ℓ: ¼ for the logistic
/// loss, 1/(2h) for Huber's hinge with h = ½. Each class is fitted against the others with ε/K, so the
/// whole is ε-differentially private; the largest score wins. The intercept is penalised like the
/// rest, as the proof needs.
///
/// ε is for one row that is replaced by another: their gradients differ by 2/n at most, which e^{ε'} is
/// for, and their Hessians by a matrix of rank 2, which (1 + s/(n(Λ + Δ)))² ≤ e^{ε − ε'} is for. It is of
/// the minimum itself; the fit stops at a gradient of 10⁻¹⁰. What ε does not cover: that features were
/// scaled by the data, and that C or R were chosen by them.
///
/// Source: Chaudhuri, Monteleoni, Sarwate, "Differentially private empirical risk minimization", JMLR 12
/// (2011), algorithm 2, theorem 9; corollary 13 for Huber's hinge, whose second derivative has jumps.
public struct PerturbedObjective: Learner, Equatable {
  private let target: PrivateGradientDescent.Target
  private let c: Double
  private let epsilon: Double
  private let norm: Double
  private let noise: NoiseSource

  /// h of Huber's hinge.
  private static let huber = 0.5

  /// Chooses parameters; `norm` is R.
  ///
  /// - Throws: `SpecificationError` for a value that is not positive.
  public init(
    _ target: PrivateGradientDescent.Target, c: Double, epsilon: Double, norm: Double,
    noise: NoiseSource
  ) throws(SpecificationError) {
    try SpecificationError.checkPositive(c, "C", of: "softmax")
    try SpecificationError.checkPositive(epsilon, "epsilon", of: "softmax")
    try SpecificationError.checkPositive(norm, "data_norm", of: "softmax")
    (self.target, self.c, self.epsilon) = (target, c, epsilon)
    (self.norm, self.noise) = (norm, noise)
  }

  /// Learns from a problem; see `Learner`.
  ///
  /// Weights above 1 count as 1.
  public func fit(_ problem: Problem, threads: Int) -> any Model {
    let problem = problem.withoutAbsentRows()
    let (n, d, k) = (problem.sampleCount, problem.featureCount, problem.classCount)
    guard n > 0, k > 1 else {
      return SoftmaxModel(constant: 0, classCount: k, featureCount: d)
    }
    let rows = shrunk(problem)
    var theta: [Double] = []
    var (iterations, residual, hasConverged) = (0, 0.0, true)
    for label in 0..<k {
      let minimum = fitOne(rows, problem, label)
      // In the units of the features: x̃ = (x, 1)/R.
      theta += minimum.point.map { $0 / norm }
      iterations += minimum.iterations
      residual = max(residual, minimum.gradientNorm)
      hasConverged = hasConverged && minimum.hasConverged
    }
    let scores = LinearScores(
      coefficients: Matrix(rows: k, columns: d + 1, elements: theta),
      report: FitReport(
        outcome: hasConverged ? .converged : .iterationLimit, iterations: iterations,
        objective: 0, residual: residual))
    return target == .softmax ? scores.softmax() : scores.machines()
  }

  /// x̃ of every row, n × (d + 1).
  private func shrunk(_ problem: Problem) -> Matrix<Double> {
    let (n, d) = (problem.sampleCount, problem.featureCount)
    var elements: [Double] = []
    elements.reserveCapacity(n * (d + 1))
    for row in 0..<n {
      let x = problem.features.elements[row * d..<(row + 1) * d]
      let length = (x.reduce(1) { $0 + $1 * $1 }).squareRoot() / norm
      let factor = length.isFinite ? 1 / (norm * max(length, 1)) : 0
      elements += x.map { factor == 0 ? 0 : $0 * factor }
      elements.append(factor)
    }
    return Matrix(rows: n, columns: d + 1, elements: elements)
  }

  private func fitOne(_ rows: Matrix<Double>, _ problem: Problem, _ label: Int) -> Minimum {
    let n = Double(rows.rows)
    let lambda = 1 / (c * n)
    let curvature = target == .softmax ? 0.25 : 1 / (2 * Self.huber)
    let share = epsilon / Double(problem.classCount)
    let ratio = curvature / (n * lambda)
    var left = share - log(1 + 2 * ratio + ratio * ratio)
    var extra = 0.0
    if left <= 0 {
      extra = max(curvature / (n * (exp(share / 4) - 1)) - lambda, 0)
      left = share / 2
    }
    var stream = noise.stream(.perturbation, row: label)
    let objective = Objective(
      rows: rows, signs: problem.labels.map { $0 == label ? 1 : -1 },
      weights: problem.weights.map { min($0, 1) / n }, penalty: lambda + extra,
      slope: slope(rows.columns, scale: 2 / left, &stream).map { $0 / n },
      huber: target == .softmax ? nil : Self.huber)
    return NewtonMinimizer(tolerance: 1e-10, maxIterations: 1_000)
      .minimize(objective, from: Array(repeating: 0, count: rows.columns))
  }

  /// b: its norm is a sum of exponentials, which is Gamma distributed for whole shapes.
  private func slope(_ count: Int, scale: Double, _ stream: inout RandomStream) -> [Double] {
    var length = 0.0
    for _ in 0..<count { length -= log(1 - stream.uniform()) }
    let direction = (0..<count).map { _ in stream.normal() }
    let size = max((direction.reduce(0) { $0 + $1 * $1 }).squareRoot(), 1e-300)
    return direction.map { $0 / size * length * scale }
  }

  /// One class against the others.
  private struct Objective: SmoothObjective {
    let rows: Matrix<Double>
    let signs: [Double]
    let weights: [Double]
    let penalty: Double
    let slope: [Double]
    /// h of Huber's hinge; nil for the logistic loss.
    let huber: Double?

    var parameterCount: Int { rows.columns }
    // Rows have norm at most 1 and weights add up to at most 1.
    let gradientRoundingError = 16 * Double.ulpOfOne

    func value(at point: [Double], gradient: inout [Double]) -> Double {
      var unused = Matrix<Double>(rows: 0, columns: 0)
      return value(at: point, gradient: &gradient, hessian: &unused, needsHessian: false)
    }

    func value(
      at point: [Double], gradient: inout [Double], hessian: inout Matrix<Double>
    ) -> Double {
      value(at: point, gradient: &gradient, hessian: &hessian, needsHessian: true)
    }

    private func value(
      at point: [Double], gradient: inout [Double], hessian: inout Matrix<Double>,
      needsHessian: Bool
    ) -> Double {
      let m = rows.columns
      var value = 0.0
      gradient = slope
      for j in 0..<m {
        value += slope[j] * point[j] + penalty / 2 * point[j] * point[j]
        gradient[j] += penalty * point[j]
      }
      var curvature = [Double](repeating: 0, count: needsHessian ? m * m : 0)
      if needsHessian { for j in 0..<m { curvature[j * m + j] = penalty } }
      let x = rows.elements.span
      for row in 0..<rows.rows {
        var z = 0.0
        for j in 0..<m { z += x[row * m + j] * point[j] }
        let (loss, first, second) = derivatives(signs[row] * z)
        value += weights[row] * loss
        let g = weights[row] * signs[row] * first
        for j in 0..<m { gradient[j] += g * x[row * m + j] }
        guard needsHessian else { continue }
        let h = weights[row] * second
        for j in 0..<m {
          for i in 0..<m { curvature[j * m + i] += h * x[row * m + j] * x[row * m + i] }
        }
      }
      if needsHessian { hessian = Matrix(rows: m, columns: m, elements: curvature) }
      return value
    }

    private func derivatives(_ margin: Double) -> (Double, Double, Double) {
      guard let h = huber else {
        let loss = margin > 0 ? log1p(exp(-margin)) : log1p(exp(margin)) - margin
        let p = 1 / (1 + exp(margin))
        return (loss, -p, p * (1 - p))
      }
      if margin >= 1 + h { return (0, 0, 0) }
      if margin <= 1 - h { return (1 - margin, -1, 0) }
      let rest = 1 + h - margin
      return (rest * rest / (4 * h), -rest / (2 * h), 1 / (2 * h))
    }
  }
}
