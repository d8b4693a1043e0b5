public import Documents
import Foundation
public import LinAlg

/// Softmax regression with a loss that is not convex, by turns of weighing rows and fitting them.
///
///     generalised:  ℓ = (1 − p_y^q)/q                row weight p_y^q, target e_y
///     forward:      ℓ = −ln Σ_c p_c·T_cy             target r_c = p_c·T_cy / Σ_b p_b·T_by
///
/// Either loss lies below C·Σ w CE(x, t) at the weights and targets of the point reached, up to a
/// constant, and touches it there: the first is a concave function of CE, the second is what
/// expectation-maximisation bounds. So each turn, a convex fit, lowers the objective
///
///     F = C · Σᵢ wᵢ ℓ(xᵢ, yᵢ) + ½‖W‖²
///
/// The first start is the solution for the cross-entropy, the others have that with noise; the one that
/// ends lowest is taken.
///
/// Source: Zhang and Sabuncu, "Generalized cross entropy loss", NeurIPS 2018, equation 6; Patrini et
/// al., "Making deep neural networks robust to label noise", CVPR 2017, theorem 2; the turns: Hunter and
/// Lange, "A tutorial on MM algorithms", American Statistician 58 (2004).
public struct MajorizedRegression: Learner, Equatable {
  /// A loss that is not convex.
  public enum Loss: Sendable, Equatable {
    /// Generalised cross-entropy with 0 < q ≤ 1: small q is cross-entropy, 1 is the absolute error.
    case generalized(q: Double)
    /// Forward correction with T[i][j], the probability that a row of class i is labelled j.
    case forward(noise: [[Double]])
  }

  private let base: SoftmaxRegression
  private let loss: Loss
  private let startCount: Int
  private let key: RandomKey
  private let seed: UInt32

  /// Turns after which a start ends.
  private static let turnLimit = 500

  /// Relative decrease of F below which it ends.
  private static let tolerance = 1e-10

  /// Chooses parameters; `key` and `seed` address the noise of the starts.
  ///
  /// - Throws: `SpecificationError` for a q outside (0, 1] or a T whose rows are no
  ///   distributions.
  public init(
    _ base: SoftmaxRegression, _ loss: Loss, startCount: Int = 5, key: RandomKey, seed: UInt32
  ) throws(SpecificationError) {
    switch loss {
    case .generalized(let q):
      guard q > 0, q <= 1 else {
        throw SpecificationError(
          "q", of: "softmax", value: "\(q)", accepted: "a number above 0, at most 1")
      }
    case .forward(let noise):
      let isStochastic = noise.allSatisfy { row in
        row.count == noise.count && row.allSatisfy { $0 >= 0 }
          && abs(row.reduce(0, +) - 1) < 1e-9
      }
      guard isStochastic else {
        throw SpecificationError(
          "noise", of: "softmax", value: "\(noise)",
          accepted: "a square matrix whose rows add up to 1")
      }
    }
    try SpecificationError.checkCount(startCount, "starts", of: "softmax")
    (self.base, self.loss) = (base, loss)
    (self.startCount, self.key, self.seed) = (startCount, key, seed)
  }

  /// Learns from a problem; see `Learner`.
  public func fit(_ problem: Problem, threads: Int) -> any Model {
    let first = base.fitSoftmax(problem, threads: threads)
    guard first.presentClasses.count >= 2 else { return first }
    var best: (model: SoftmaxModel, value: Double)?
    for start in 0..<startCount {
      let model = start == 0 ? first : perturbed(first, start)
      let end = descend(problem, from: model, threads)
      if end.value < best?.value ?? .infinity { best = end }
    }
    return best?.model ?? first
  }

  /// The end of the turns from a model.
  private func descend(
    _ problem: Problem, from start: SoftmaxModel, _ threads: Int
  ) -> (model: SoftmaxModel, value: Double) {
    var model = start
    var (value, bound) = state(problem, model, threads)
    var iterations = start.report.iterations
    var turn = 0
    var hasSettled = false
    while turn < Self.turnLimit, !hasSettled {
      turn += 1
      let next = base.fitSoftmax(
        bound.problem, targets: bound.targets, from: model, threads: threads)
      iterations += next.report.iterations
      let (nextValue, nextBound) = state(problem, next, threads)
      hasSettled = !(nextValue < value - Self.tolerance * abs(value))
      if nextValue <= value { (model, value, bound) = (next, nextValue, nextBound) }
    }
    let report = FitReport(
      outcome: hasSettled ? .converged : .iterationLimit, iterations: iterations,
      objective: value, residual: model.report.residual)
    return (
      SoftmaxModel(
        coefficients: model.coefficients, presentClasses: model.presentClasses,
        classCount: model.classCount, report: report), value
    )
  }

  /// F at a model, and the convex problem that bounds it there.
  private func state(
    _ problem: Problem, _ model: SoftmaxModel, _ threads: Int
  ) -> (value: Double, bound: (problem: Problem, targets: Matrix<Double>?)) {
    let p = model.predict(problem.features, threads: threads).scores
    let k = problem.classCount
    var (sum, weights) = (0.0, problem.weights)
    var targets: [Double] = []
    for row in 0..<problem.sampleCount {
      let label = problem.labels[row]
      switch loss {
      case .generalized(let q):
        let power = pow(Self.positive(p.elements[row * k + label]), q)
        if problem.weights[row] > 0 { sum += problem.weights[row] * (1 - power) / q }
        weights[row] *= max(power, 1e-12)
      case .forward(let noise):
        let parts = (0..<k).map { p.elements[row * k + $0] * noise[$0][label] }
        let likelihood = Self.positive(parts.reduce(0, +))
        if problem.weights[row] > 0 { sum -= problem.weights[row] * log(likelihood) }
        targets += parts.map { $0 / likelihood }
      }
    }
    var squares = 0.0
    for (index, value) in model.coefficients.elements.enumerated()
    where index % model.coefficients.columns != model.coefficients.columns - 1 {
      squares += value * value
    }
    let weighed = Problem(
      features: problem.features, labels: problem.labels, weights: weights,
      classCount: problem.classCount)
    return (
      base.c * sum + squares / 2,
      (
        weighed,
        targets.isEmpty
          ? nil : Matrix(rows: problem.sampleCount, columns: k, elements: targets)
      )
    )
  }

  /// A probability that can be divided by; what is no number is the least.
  private static func positive(_ probability: Double) -> Double {
    probability >= 1e-300 ? probability : 1e-300
  }

  /// A model with noise as large as its own coefficients.
  private func perturbed(_ model: SoftmaxModel, _ start: Int) -> SoftmaxModel {
    var stream = RandomStream(key: key, purpose: .lossStarts, seed: seed, row: start)
    let theta = model.coefficients
    let size = max(infinityNorm(theta.elements), 1)
    let first = theta.rows == 2 ? theta.columns : 0
    let elements = theta.elements.enumerated().map { index, value in
      index < first ? value : value + size * stream.normal()
    }
    return SoftmaxModel(
      coefficients: Matrix(rows: theta.rows, columns: theta.columns, elements: elements),
      presentClasses: model.presentClasses, classCount: model.classCount, report: model.report)
  }
}
