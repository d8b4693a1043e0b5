import Foundation
import LinAlg
import Models
import TestSupport
import Testing

/// Private learners: what they learn, and that they keep their promise.
struct PrivacyTests {
  private static func problem(_ count: Int) -> Problem {
    var stream = RandomStream(key: .standard, purpose: RandomPurpose(9_990), seed: 0)
    let elements = (0..<2 * count).map { _ in stream.normal() }
    let labels = (0..<count).map { elements[2 * $0] > 0 ? 1 : 0 }
    return Problem(
      features: Matrix(rows: labels.count, columns: 2, elements: elements), labels: labels,
      classCount: 2)
  }

  private static let targets: [PrivateGradientDescent.Target] = [.softmax, .linearMachine]

  /// Without noise, and with all rows in every step, descent ends near the minimum.
  @Test func descentWithoutNoiseLearns() throws {
    let problem = Self.problem(200)
    for target in Self.targets {
      let schedule = PrivateGradientDescent.Schedule(
        noiseMultiplier: 0, clippingNorm: 100, samplingRate: 1, steps: 400, learningRate: 1)
      let learner = try PrivateGradientDescent(
        target, c: 1, schedule, noise: .addressed(.standard, seed: 0))
      let predicted = learner.fit(problem, threads: 1).predict(problem.features, threads: 1)
      #expect(zip(predicted.classes, problem.labels).count { $0 == $1 } >= 194)
    }
    let schedule = PrivateGradientDescent.Schedule(
      noiseMultiplier: 0, clippingNorm: 100, samplingRate: 1, steps: 20_000, learningRate: 1)
    let shielded = try PrivateGradientDescent(
      .softmax, c: 1, schedule, noise: .addressed(.standard, seed: 0)
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
        let noise = try #require(
          PrivacyLoss.noiseMultiplier(
            epsilon: epsilon, delta: 1e-5, samplingRate: 0.2, steps: 50))
        let schedule = PrivateGradientDescent.Schedule(
          noiseMultiplier: noise, clippingNorm: 1, samplingRate: 0.2, steps: 50, learningRate: 1)
        spreads.append(
          try Self.spread {
            try PrivateGradientDescent(
              target, c: 1, schedule, noise: .addressed(.standard, seed: $0))
          })
      }
      #expect(spreads[0] > 2 * spreads[1] && spreads[1] > 2 * spreads[2], "\(spreads)")
      // Below ε = 1 a stronger penalty takes the place of more noise.
      let perturbed = try [1, 5, 100].map { epsilon in
        try Self.spread {
          try PerturbedObjective(
            target, c: 1, epsilon: epsilon, norm: 3, noise: .addressed(.standard, seed: $0))
        }
      }
      #expect(perturbed[0] > perturbed[1] && perturbed[1] > 2 * perturbed[2], "\(perturbed)")
    }
  }

  /// The standard deviation over seeds of a score of one point.
  private static func spread(_ make: (UInt32) throws -> any Learner) throws -> Double {
    let problem = problem(200)
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
    let problem = Self.problem(300)
    for target in Self.targets {
      let model = try PerturbedObjective(
        target, c: 1, epsilon: 1e9, norm: 4, noise: .addressed(.standard, seed: 3)
      ).fit(problem, threads: 1)
      let classes = model.predict(problem.features, threads: 1).classes
      #expect(zip(classes, problem.labels).count { $0 == $1 } >= 285)
    }
  }

  /// The weight that two models learn from a row and from another in its place, under many seeds.
  ///
  /// The gradients of the two are opposite and as long as they can be, other rows add nothing, and the
  /// weight holds the noise of that direction alone: nobody could see more of the row.
  private static func weights(
    _ trials: Int, label: Int, _ learner: (UInt32) throws -> any Learner
  ) rethrows -> [Double] {
    let problem = Problem(
      features: Matrix(rows: 3, columns: 1, elements: [100, 0, 0]), labels: [label, 0, 1],
      classCount: 2)
    return try (0..<trials).compactMap { trial in
      let model = try learner(UInt32(2 * trial + label)).fit(problem, threads: 1)
      if let machine = model as? SupportVectorModel { return machine.machines[0].coefficients[0] }
      return (model as? SoftmaxModel).map { $0.coefficients[1, 0] - $0.coefficients[0, 0] }
    }
  }

  private static let designs: [(rate: Double, steps: Int, epsilon: Double, delta: Double)] = [
    (1, 1, 1, 0.01), (1, 5, 1, 0.01), (0.5, 4, 2, 0.01), (0.2, 20, 1, 0.001),
  ]

  private static func descent(
    _ target: PrivateGradientDescent.Target, noise: Double,
    _ design: (rate: Double, steps: Int, epsilon: Double, delta: Double), seed: UInt32
  ) throws -> PrivateGradientDescent {
    try PrivateGradientDescent(
      target, c: 1e9,
      .init(
        noiseMultiplier: noise, clippingNorm: 1, samplingRate: design.rate, steps: design.steps,
        learningRate: 1e-6), noise: .addressed(.standard, seed: seed))
  }

  /// No adversary learns more than was promised; where noise is halved, this one does.
  @Test(arguments: designs, targets)
  func descentKeepsItsPromise(
    _ design: (rate: Double, steps: Int, epsilon: Double, delta: Double),
    _ target: PrivateGradientDescent.Target
  ) throws {
    let noise = try #require(
      PrivacyLoss.noiseMultiplier(
        epsilon: design.epsilon, delta: design.delta, samplingRate: design.rate,
        steps: design.steps))
    let bounds = try [noise, noise / 2].map { noise in
      let weights = try [0, 1].map { label in
        try Self.weights(design.steps <= 5 ? 8_000 : 2_000, label: label) {
          try Self.descent(target, noise: noise, design, seed: $0)
        }
      }
      return PrivacyAudit.lowerBound(weights[0], weights[1], delta: design.delta)
    }
    #expect(bounds[0] <= design.epsilon, "\(bounds)")
    guard design.steps <= 5 else { return }
    // Of 24 simulated audits the least had 0.47 ε, and 1.3 ε with the noise for a row that is added.
    #expect(bounds[0] > 0.3 * design.epsilon && bounds[1] > design.epsilon, "\(bounds)")
  }

  /// Pure ε, above and below the one at which a stronger penalty takes the place of noise.
  @Test(arguments: [0.5, 2, 8], targets)
  func perturbationKeepsItsPromise(
    _ epsilon: Double, _ target: PrivateGradientDescent.Target
  ) throws {
    let weights = try [0, 1].map { label in
      try Self.weights(1_500, label: label) {
        try PerturbedObjective(
          target, c: 1, epsilon: epsilon, norm: 1, noise: .addressed(.standard, seed: $0))
      }
    }
    let bound = PrivacyAudit.lowerBound(weights[0], weights[1])
    #expect(bound <= epsilon, "\(bound)")
  }

  /// Noise of the system is other noise each time, with the same law.
  @Test(arguments: targets)
  func secretNoiseIsNotThatOfAnyAddress(_ target: PrivateGradientDescent.Target) throws {
    let problem = Self.problem(50)
    let schedule = PrivateGradientDescent.Schedule(
      noiseMultiplier: 1, clippingNorm: 1, samplingRate: 0.5, steps: 4, learningRate: 1)
    let fit = { (noise: NoiseSource) in
      try [
        PrivateGradientDescent(target, c: 1, schedule, noise: noise) as any Learner,
        PerturbedObjective(target, c: 1, epsilon: 1, norm: 3, noise: noise),
      ].map { $0.fit(problem, threads: 1).predict(problem.features, threads: 1).scores.elements }
    }
    let (first, second) = (try fit(.system), try fit(.system))
    let known = try fit(.addressed(.standard, seed: 0))
    for mechanism in [0, 1] {
      #expect(first[mechanism] != second[mechanism] && first[mechanism] != known[mechanism])
    }
  }
}
