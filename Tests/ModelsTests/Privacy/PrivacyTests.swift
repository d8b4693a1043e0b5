import Foundation
import LinAlg
import Models
import TestSupport
import Testing

/// Privacy losses against published values and dp-accounting, and learners against their promise.
struct PrivacyTests {
  private struct Reference: Decodable {
    struct Point: Decodable {
      let rate: Double
      let noise: Double
      let steps: Int
      let delta: Double
      let epsilon: Double
    }
    let privacy: [Point]
  }

  /// dp-accounting computes at the same orders, where it has a closed form; sums of logarithms agree to
  /// about 1e-12 of their size.
  @Test func epsilonsAreThoseOfDPAccounting() throws {
    let reference: Reference = try fixture("training")
    for point in reference.privacy {
      var accountant = RDPAccountant()
      accountant.compose(
        samplingRate: point.rate, noiseMultiplier: point.noise, steps: point.steps)
      let ours = accountant.epsilon(delta: point.delta).epsilon
      #expect(abs(ours - point.epsilon) <= 1e-8 * max(point.epsilon, 1), "\(point)")
    }
  }

  @Test func knownValues() {
    let constant = RDPAccountant { $0 <= 32 ? 1.1 : .infinity }
    let (epsilon, order) = constant.epsilon(delta: 1e-5)
    #expect(abs(epsilon - 1.327_838_061_76) < 1e-10 && order == 32)

    var gaussian = RDPAccountant()
    gaussian.compose(samplingRate: 1, noiseMultiplier: 4.530_877_117, steps: 1)
    // Fractional orders, which are left out here, give 1.0000000003.
    let bound = gaussian.epsilon(delta: 1e-6).epsilon
    #expect(bound >= 1 && bound < 1 + 1e-6)

    for (rate, noise, order, expected) in [
      (0.01, 1.1, 8, 5.84070e-4), (0.1, 1.0, 4, 5.867261e-2), (256.0 / 60_000, 1.1, 16, 0.791891),
    ] {
      let ours = RDPAccountant.divergence(
        samplingRate: rate, noiseMultiplier: noise, order: order)
      // The published digits.
      #expect(abs(ours - expected) < 1e-5 * expected)
    }
  }

  @Test(arguments: [0.5, 2.0, 8.0], [0.05, 0.2, 1.0])
  func noiseSpendsWhatWasAskedFor(_ epsilon: Double, _ rate: Double) {
    let noise = RDPAccountant.noiseMultiplier(
      epsilon: epsilon, delta: 1e-5, samplingRate: rate, steps: 100)
    var accountant = RDPAccountant()
    accountant.compose(samplingRate: rate, noiseMultiplier: noise, steps: 100)
    let spent = accountant.epsilon(delta: 1e-5).epsilon
    #expect(spent <= epsilon && spent > epsilon * 0.9999)
  }

  private static func problem(_ count: Int, extra: Bool) -> Problem {
    var stream = RandomStream(key: .standard, purpose: RandomPurpose(9_990), seed: 0)
    var elements = (0..<2 * count).map { _ in stream.normal() }
    var labels = (0..<count).map { elements[2 * $0] > 0 ? 1 : 0 }
    if extra {
      elements += [-3, 3]
      labels.append(1)
    }
    return Problem(
      features: Matrix(rows: labels.count, columns: 2, elements: elements), labels: labels,
      classCount: 2)
  }

  private static let targets: [PrivateGradientDescent.Target] = [.softmax, .linearMachine]

  /// Without noise, and with all rows in every step, descent ends near the minimum.
  @Test func descentWithoutNoiseLearns() throws {
    let problem = Self.problem(200, extra: false)
    for target in Self.targets {
      let schedule = PrivateGradientDescent.Schedule(
        noiseMultiplier: 0, clippingNorm: 100, samplingRate: 1, steps: 400, learningRate: 1)
      let learner = try PrivateGradientDescent(
        target, c: 1, schedule, key: .standard, seed: 0)
      let predicted = learner.fit(problem, threads: 1).predict(problem.features, threads: 1)
      #expect(zip(predicted.classes, problem.labels).count { $0 == $1 } >= 194)
    }
    let schedule = PrivateGradientDescent.Schedule(
      noiseMultiplier: 0, clippingNorm: 100, samplingRate: 1, steps: 20_000, learningRate: 1)
    let shielded = try PrivateGradientDescent(
      .softmax, c: 1, schedule, key: .standard, seed: 0
    ).fit(problem, threads: 1).predict(problem.features, threads: 1)
    // Two rows of weights with half the penalty each are the log-odds of half of C.
    let exact = try SoftmaxRegression(c: 2).fit(problem, threads: 1)
      .predict(problem.features, threads: 1)
    for (a, b) in zip(shielded.scores.elements, exact.scores.elements) {
      #expect(abs(a - b) < 2e-3)
    }
  }

  /// Noise grows as ε falls: a peer reports results that do not react to ε at all.
  @Test func noiseReactsToEpsilon() throws {
    for target in Self.targets {
      var spreads: [Double] = []
      for epsilon in [0.1, 1, 100] {
        let noise = RDPAccountant.noiseMultiplier(
          epsilon: epsilon, delta: 1e-5, samplingRate: 0.2, steps: 50)
        let schedule = PrivateGradientDescent.Schedule(
          noiseMultiplier: noise, clippingNorm: 1, samplingRate: 0.2, steps: 50, learningRate: 1)
        spreads.append(
          try Self.spread {
            try PrivateGradientDescent(target, c: 1, schedule, key: .standard, seed: $0)
          })
      }
      #expect(spreads[0] > 2 * spreads[1] && spreads[1] > 2 * spreads[2], "\(spreads)")
      // Below ε = 1 a stronger penalty takes the place of more noise.
      let perturbed = try [1, 5, 100].map { epsilon in
        try Self.spread {
          try PerturbedObjective(
            target, c: 1, epsilon: epsilon, norm: 3, key: .standard, seed: $0)
        }
      }
      #expect(perturbed[0] > perturbed[1] && perturbed[1] > 2 * perturbed[2], "\(perturbed)")
    }
  }

  /// The standard deviation over seeds of a score of one point.
  private static func spread(_ make: (UInt32) throws -> any Learner) throws -> Double {
    let problem = problem(200, extra: false)
    let point = Matrix<Double>(rows: 1, columns: 2, elements: [0.2, 0.5])
    let values = try (0..<60).map { seed -> Double in
      let model = try make(UInt32(seed)).fit(problem, threads: 1)
      if let machine = model as? SupportVectorModel { return machine.decisionValues(point)[0, 0] }
      let scores = model.predict(point, threads: 1).scores
      return log(max(scores[0, 1], 1e-300)) - log(max(scores[0, 0], 1e-300))
    }
    let mean = values.reduce(0, +) / 60
    return (values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 59).squareRoot()
  }

  @Test func muchEpsilonIsTheFitItself() throws {
    let problem = Self.problem(300, extra: false)
    for target in Self.targets {
      let model = try PerturbedObjective(
        target, c: 1, epsilon: 1e9, norm: 4, key: .standard, seed: 3
      ).fit(problem, threads: 1)
      let classes = model.predict(problem.features, threads: 1).classes
      #expect(zip(classes, problem.labels).count { $0 == $1 } >= 285)
    }
  }

  /// Whether an adversary who knows all rows but one can beat the promise: for any event E,
  /// P(E | with) ≤ e^ε·P(E | without) + δ, and the other way.
  ///
  /// Events are half-lines of the score of the extra row. One-sided 99.9 % Clopper-Pearson bounds, so
  /// that a true promise fails one test in 100.
  @Test func promiseHoldsAgainstAnAdversary() throws {
    let (epsilon, delta) = (1.0, 1e-3)
    let noise = RDPAccountant.noiseMultiplier(
      epsilon: epsilon, delta: delta, samplingRate: 0.5, steps: 10)
    let schedule = PrivateGradientDescent.Schedule(
      noiseMultiplier: noise, clippingNorm: 1, samplingRate: 0.5, steps: 10, learningRate: 1)
    let trials = 1_500
    let scores = try [false, true].map { extra -> [[Double]] in
      let problem = Self.problem(20, extra: extra)
      let point = Matrix<Double>(rows: 1, columns: 2, elements: [-3, 3])
      return try [0, 1].map { mechanism in
        try (0..<trials).map { seed in
          let number = UInt32(seed + (extra ? trials : 0))
          let learner: any Learner =
            mechanism == 0
            ? try PrivateGradientDescent(.softmax, c: 1, schedule, key: .standard, seed: number)
            : try PerturbedObjective(
              .softmax, c: 1, epsilon: epsilon, norm: 4, key: .standard, seed: number)
          return learner.fit(problem, threads: 1).predict(point, threads: 1).scores[0, 1]
        }
      }
    }
    for mechanism in [0, 1] {
      let slack = mechanism == 0 ? delta : 0
      let (without, with) = (scores[0][mechanism], scores[1][mechanism])
      for share in stride(from: 0.1, through: 0.9, by: 0.1) {
        let line = (without + with).sorted()[Int(share * Double(2 * trials))]
        for (a, b) in [(with, without), (without, with)] {
          for side in [true, false] {
            let hits = (a.count { ($0 > line) == side }, b.count { ($0 > line) == side })
            let low = Self.lowerBound(hits.0, trials)
            let high = 1 - Self.lowerBound(trials - hits.1, trials)
            #expect(low <= exp(epsilon) * high + slack, "\(mechanism) \(share)")
          }
        }
      }
    }
  }

  /// The one-sided 99.9 % lower bound of a share, by bisection on the binomial tail.
  private static func lowerBound(_ hits: Int, _ trials: Int) -> Double {
    guard hits > 0 else { return 0 }
    var (low, high) = (0.0, Double(hits) / Double(trials))
    for _ in 0..<50 {
      let p = (low + high) / 2
      var tail = 0.0
      for k in hits...trials {
        let (x, n) = (Double(k), Double(trials))
        let choices = lgamma(n + 1) - lgamma(x + 1) - lgamma(n - x + 1)
        tail += exp(choices + x * log(p) + (n - x) * log1p(-p))
      }
      if tail < 0.001 { low = p } else { high = p }
    }
    return low
  }
}
