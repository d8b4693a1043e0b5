public import Documents
import Foundation
import LinAlg

/// Stochastic gradient descent with clipped, noisy gradients: DP-SGD.
///
///     rows join a step with probability q;  gᵢ = ∇ℓᵢ · min(1, c/‖∇ℓᵢ‖)
///     θ ← θ − η·( (Σ gᵢ + N(0, σ²c²·I)) / (q·n) + W/(C·n) )
///
/// ℓ is the cross-entropy for softmax regression, and for linear machines the hinge of the best other
/// class, max(0, 1 − z_y + max_{c≠y} z_c). The result is the mean of θ over the second half of the
/// steps, which the guarantee covers like any function of them. Every class takes part, with rows or
/// without, because which have some is private.
///
/// (ε, δ) is for one row that is replaced by another, see `PrivacyLoss`. It does not cover that features
/// were scaled, or C or anything else chosen, by the data.
///
/// Source: Abadi et al., "Deep learning with differential privacy", CCS 2016, algorithm 1; the hinge:
/// Crammer and Singer, JMLR 2 (2001).
public struct PrivateGradientDescent: Learner, Equatable {
  /// What is learnt.
  public enum Target: Sendable, Equatable {
    /// Softmax regression.
    case softmax
    /// A linear support vector machine.
    case linearMachine
  }

  /// How it is learnt.
  public struct Schedule: Sendable, Equatable {
    /// σ, the noise in units of the clipping norm.
    public let noiseMultiplier: Double
    /// c.
    public let clippingNorm: Double
    /// q.
    public let samplingRate: Double
    /// T.
    public let steps: Int
    /// η.
    public let learningRate: Double

    /// Puts a schedule together.
    ///
    /// - Precondition: Norm, rates and steps are positive, the noise is not negative.
    public init(
      noiseMultiplier: Double, clippingNorm: Double, samplingRate: Double, steps: Int,
      learningRate: Double
    ) {
      precondition(
        noiseMultiplier >= 0 && clippingNorm > 0 && samplingRate > 0 && samplingRate <= 1
          && steps > 0 && learningRate > 0, "A schedule that cannot be carried out")
      (self.noiseMultiplier, self.clippingNorm) = (noiseMultiplier, clippingNorm)
      (self.samplingRate, self.steps, self.learningRate) = (samplingRate, steps, learningRate)
    }
  }

  private let target: Target
  private let c: Double
  private let schedule: Schedule
  private let noise: NoiseSource

  /// Chooses parameters; `noise` draws samples, too.
  ///
  /// - Throws: `SpecificationError` for a C that is not positive.
  public init(
    _ target: Target, c: Double, _ schedule: Schedule, noise: NoiseSource
  ) throws(SpecificationError) {
    try SpecificationError.checkPositive(c, "C", of: "softmax")
    (self.target, self.c, self.schedule, self.noise) = (target, c, schedule, noise)
  }

  /// Learns from a problem; see `Learner`.
  ///
  /// Weights below 1 shrink a gradient after it is clipped, so the guarantee holds; larger ones count 1.
  public func fit(_ problem: Problem, threads: Int) -> any Model {
    let problem = problem.withoutAbsentRows()
    guard problem.sampleCount > 0, problem.classCount > 1 else {
      return SoftmaxModel(
        constant: 0, classCount: problem.classCount, featureCount: problem.featureCount)
    }
    var descent = Descent(problem, target)
    for step in 0..<schedule.steps {
      descent.step(step, c: c, schedule, noise)
    }
    let scores = LinearScores(
      coefficients: descent.mean(),
      report: FitReport(
        outcome: .converged, iterations: schedule.steps, objective: 0, residual: 0))
    return target == .softmax ? scores.softmax() : scores.machines()
  }

  /// The state between steps.
  private struct Descent {
    let problem: Problem
    let target: Target
    let inputCount: Int
    var theta: [Double]
    var sum: [Double]
    var averaged: [Double]
    var averagedCount = 0
    var logits: [Double]

    init(_ problem: Problem, _ target: Target) {
      (self.problem, self.target) = (problem, target)
      inputCount = problem.featureCount + 1
      theta = Array(repeating: 0, count: problem.classCount * inputCount)
      (sum, averaged) = (theta, theta)
      logits = Array(repeating: 0, count: problem.classCount)
    }

    mutating func step(
      _ step: Int, c: Double, _ schedule: Schedule, _ source: NoiseSource
    ) {
      let n = problem.sampleCount
      for index in sum.indices { sum[index] = 0 }
      var sampling = source.stream(.privateSample, row: step)
      for row in 0..<n where sampling.uniform() < schedule.samplingRate {
        addGradient(row, schedule.clippingNorm)
      }
      var noise = source.stream(.privateNoise, row: step)
      let spread = schedule.noiseMultiplier * schedule.clippingNorm
      let share = 1 / (schedule.samplingRate * Double(n))
      let decay = 1 / (c * Double(n))
      for index in theta.indices {
        let isIntercept = index % inputCount == inputCount - 1
        let mean = (sum[index] + (spread > 0 ? spread * noise.normal() : 0)) * share
        theta[index] -=
          schedule.learningRate * (mean + (isIntercept ? 0 : decay * theta[index]))
      }
      guard 2 * (step + 1) > schedule.steps else { return }
      averagedCount += 1
      for index in theta.indices { averaged[index] += theta[index] }
    }

    /// Adds the clipped gradient of a row: residuals rᵀ ⊗ (x, 1), whose norm is ‖r‖·‖(x, 1)‖.
    private mutating func addGradient(_ row: Int, _ limit: Double) {
      let (d, k) = (problem.featureCount, problem.classCount)
      let x = problem.features.elements
      var square = 1.0
      for j in 0..<d { square += x[row * d + j] * x[row * d + j] }
      for label in 0..<k {
        var z = theta[label * inputCount + d]
        for j in 0..<d { z += theta[label * inputCount + j] * x[row * d + j] }
        logits[label] = z
      }
      residuals(problem.labels[row])
      var size = 0.0
      for label in 0..<k { size += logits[label] * logits[label] }
      let norm = (size * square).squareRoot()
      guard norm > 0, norm.isFinite else { return }
      let factor = min(1, limit / norm) * min(problem.weights[row], 1)
      for label in 0..<k {
        let r = factor * logits[label]
        for j in 0..<d { sum[label * inputCount + j] += r * x[row * d + j] }
        sum[label * inputCount + d] += r
      }
    }

    /// Turns logits into the derivative of the loss by them.
    private mutating func residuals(_ own: Int) {
      switch target {
      case .softmax:
        let largest = logits.max() ?? 0
        var total = 0.0
        for label in logits.indices {
          logits[label] = exp(logits[label] - largest)
          total += logits[label]
        }
        for label in logits.indices { logits[label] /= total }
        logits[own] -= 1
      case .linearMachine:
        var rival = own == 0 ? 1 : 0
        for label in logits.indices where label != own && logits[label] > logits[rival] {
          rival = label
        }
        let isInside = logits[own] - logits[rival] < 1
        for label in logits.indices { logits[label] = 0 }
        if isInside { (logits[own], logits[rival]) = (-1, 1) }
      }
    }

    func mean() -> Matrix<Double> {
      Matrix(
        rows: problem.classCount, columns: inputCount,
        elements: averaged.map { $0 / Double(max(averagedCount, 1)) })
    }
  }
}
