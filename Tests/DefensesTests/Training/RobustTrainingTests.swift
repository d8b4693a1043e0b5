import Defenses
import Foundation
import LinAlg
import Models
import TestSupport
import Testing

/// Robust losses against SciPy's minima and their own limits.
struct RobustTrainingTests {
  private struct Reference: Decodable {
    struct Regression: Decodable {
      let data: String
      let labels: [Int]
      let minima: [String: Double]
    }
    struct Machine: Decodable {
      let h: Double
      let labels: [Int]
      let value: Double
      let point: [Double]
    }
    let regressions: [Regression]
    let machines: [Machine]
  }

  private let reference: Reference

  init() throws { reference = try fixture("training") }

  private static func noise(_ share: Double) -> [[Double]] {
    (0..<3).map { i in (0..<3).map { i == $0 ? 1 - share : share / 2 } }
  }

  /// BFGS from the same start ends in a minimum; ours, the best of several starts, is no higher.
  @Test func minimaAreNoHigherThanTheirs() throws {
    for test in reference.regressions {
      let data = scaled(test.data)
      let problem = Problem(features: data.features, labels: test.labels, classCount: 3)
      let base = try SoftmaxRegression()
      let smoothed = try SmoothedRegression(base, smoothing: 0.2).fit(problem, threads: 1)
      let expected = try #require(test.minima["smoothing=0.2"])
      // Convex: the same minimum. Theirs has a gradient of 1e-7, so an excess below 1e-12.
      #expect(abs(smoothed.report.objective - expected) < 1e-7 * expected)
      for (loss, key): (MajorizedRegression.Loss, String) in [
        (.generalized(q: 0.7), "q=0.7"), (.forward(noise: Self.noise(0.3 * 2 / 3)), "noise=0.2"),
      ] {
        let model = try MajorizedRegression(base, loss, key: .standard, seed: 1)
          .fit(problem, threads: 1)
        let theirs = try #require(test.minima[key])
        #expect(model.report.outcome == .converged)
        #expect(model.report.objective <= theirs + 1e-5 * theirs, "\(test.data) \(key)")
      }
    }
  }

  /// Smoothing is exactly a set in which each row stands once for every class, with its weights.
  @Test func smoothingIsWeightedCopies() throws {
    let data = scaled("iris")
    let s = 0.15
    let problem = Problem(features: data.features, labels: data.labels, classCount: 3)
    let copies = Problem(
      features: data.features.selectingRows((0..<450).map { $0 / 3 }),
      labels: (0..<450).map { $0 % 3 },
      weights: (0..<450).map { s / 3 + (data.labels[$0 / 3] == $0 % 3 ? 1 - s : 0) },
      classCount: 3)
    let one = try SmoothedRegression(SoftmaxRegression(), smoothing: s).fit(problem, threads: 1)
    let two = try SoftmaxRegression().fit(copies, threads: 1)
    let (a, b) = (
      one.predict(data.features, threads: 1).scores, two.predict(data.features, threads: 1).scores
    )
    for (x, y) in zip(a.elements, b.elements) { #expect(abs(x - y) < 1e-7) }
  }

  @Test func noSmoothingIsPlainRegression() throws {
    let data = scaled("wine")
    let problem = Problem(features: data.features, labels: data.labels, classCount: 3)
    let one = try SmoothedRegression(SoftmaxRegression(), smoothing: 0).fit(problem, threads: 1)
    let two = try SoftmaxRegression().fit(problem, threads: 1)
    #expect(abs(one.report.objective - two.report.objective) < 1e-10)
  }

  /// q → 0 is the cross-entropy, and so is forward correction without noise.
  @Test func limitsAreTheCrossEntropy() throws {
    let data = scaled("wine")
    let problem = Problem(features: data.features, labels: data.labels, classCount: 3)
    let base = try SoftmaxRegression()
    let plain = base.fit(problem, threads: 1).report.objective
    let generalized = try MajorizedRegression(
      base, .generalized(q: 1e-6), startCount: 1, key: .standard, seed: 0
    ).fit(problem, threads: 1)
    // (1 − p^q)/q = −ln p − q·ln²p/2 + …, and the sum of ln²p is below 100 here.
    #expect(abs(generalized.report.objective - plain) < 1e-3)
    let forward = try MajorizedRegression(
      base, .forward(noise: Self.noise(0)), startCount: 1, key: .standard, seed: 0
    ).fit(problem, threads: 1)
    #expect(abs(forward.report.objective - plain) < 1e-6)
  }

  /// With the true noise matrix, flips cost forward correction little.
  @Test func forwardCorrectionUndoesFlips() throws {
    let data = scaled("iris")
    var (plain, corrected) = (0, 0)
    for seed in UInt32(0)..<10 {
      let labels = flipped(data.labels, share: 0.4, classCount: 3, seed: seed)
      let problem = Problem(features: data.features, labels: labels, classCount: 3)
      let base = try SoftmaxRegression()
      let learner = try MajorizedRegression(
        base, .forward(noise: Self.noise(0.4)), key: .standard, seed: seed)
      plain += zip(
        base.fit(problem, threads: 1).predict(data.features, threads: 1).classes, data.labels
      )
      .count { $0 == $1 }
      corrected += zip(
        learner.fit(problem, threads: 1).predict(data.features, threads: 1).classes, data.labels
      )
      .count { $0 == $1 }
    }
    #expect(corrected > plain, "\(corrected) against \(plain) of 1500")
  }

  @Test func huberizedHingesReachTheirMinimum() throws {
    let data = scaled("iris")
    for test in reference.machines {
      let rows = test.labels.indices.filter { test.labels[$0] < 2 }
      let problem = Problem(
        features: data.features.selectingRows(rows), labels: rows.map { test.labels[$0] },
        classCount: 2)
      let machine = try SupportVectorClassifier(
        kernel: .linear, margin: .huberized(h: test.h), tolerance: 1e-10
      ).fitSVM(problem)
      #expect(machine.report.outcome == .converged)
      #expect(machine.report.residual < 1e-7)
      // The dual objective is the negated primal one at the minimum.
      #expect(abs(-machine.report.objective - test.value) < 1e-6 * test.value)
      let values = machine.decisionValues(problem.features)
      for row in 0..<rows.count {
        let theirs =
          (0..<4).reduce(test.point[4]) { $0 + problem.features[row, $1] * test.point[$1] }
        #expect(abs(values[row, 0] - theirs) < 1e-4)
      }
    }
  }

  @Test(arguments: [Kernel.linear, .rbf(gamma: .scale)])
  func limitsOfMarginsAreTheHinge(_ kernel: Kernel) throws {
    let data = scaled("wine")
    let problem = Problem(
      features: data.features, labels: flipped(data.labels, share: 0.1, classCount: 3, seed: 3),
      classCount: 3)
    let hinge = try SupportVectorClassifier(kernel: kernel, tolerance: 1e-9).fitSVM(problem)
    let huber = try SupportVectorClassifier(
      kernel: kernel, margin: .huberized(h: 1e-7), tolerance: 1e-9
    ).fitSVM(problem)
    let ramp = try SupportVectorClassifier(
      kernel: kernel, margin: .ramp(s: -1e6), tolerance: 1e-9
    ).fitSVM(problem)
    let expected = hinge.decisionValues(data.features)
    for model in [huber, ramp] {
      for (a, b) in zip(model.decisionValues(data.features).elements, expected.elements) {
        #expect(abs(a - b) < 1e-4)
      }
    }
  }

  /// A row far on the wrong side has no part in the machine: moving it farther changes nothing.
  @Test func rampIgnoresWhatIsFarOnTheWrongSide() throws {
    var rows: [[Double]] = []
    for row in 0..<20 {
      let offset = 2 + Double(row) / 10
      rows.append([row < 10 ? -offset : offset, Double(row % 4)])
    }
    var labels = (0..<20).map { $0 < 10 ? 0 : 1 }
    rows.append([9, 1])
    labels.append(0)
    let fit = { (rows: [[Double]], margin: MarginLoss) throws -> SupportVectorModel in
      let features = Matrix(rows: 21, columns: 2, elements: rows.flatMap { $0 })
      return try SupportVectorClassifier(
        kernel: .linear, margin: margin, tolerance: 1e-9
      ).fitSVM(Problem(features: features, labels: labels, classCount: 2))
    }
    let others = Matrix(rows: 20, columns: 2, elements: rows.prefix(20).flatMap { $0 })
    let near = try fit(rows, .ramp(s: -1))
    #expect(try fit(rows, .hinge).supportRows.contains(20))
    #expect(!near.supportRows.contains(20))
    // Not so far that the hinge, where the search begins, turns.
    rows[20] = [12, 3]
    let far = try fit(rows, .ramp(s: -1))
    for (a, b) in zip(
      near.decisionValues(others).elements, far.decisionValues(others).elements)
    {
      #expect(abs(a - b) < 1e-6)
    }
  }

  /// The ramp loss never rises above what the hinge solution has.
  @Test func rampLowersItsObjective() throws {
    let data = scaled("wine")
    for seed in UInt32(0)..<5 {
      let labels = flipped(data.labels, share: 0.2, classCount: 3, seed: seed).map { $0 % 2 }
      let problem = Problem(features: data.features, labels: labels, classCount: 2)
      let objective = { (model: SupportVectorModel) -> Double in
        let values = model.decisionValues(data.features)
        let support = model.decisionValues(model.supportVectors)
        var sum = 0.0
        for (row, beta) in model.machines[0].coefficients.enumerated() {
          sum += beta * (support[row, 0] - model.machines[0].intercept) / 2
        }
        for row in labels.indices {
          let margin = (labels[row] == 0 ? 1 : -1) * values[row, 0]
          sum += MarginLoss.ramp(s: -1).value(margin)
        }
        return sum
      }
      let hinge = try SupportVectorClassifier(kernel: .linear, tolerance: 1e-8).fitSVM(problem)
      let ramp = try SupportVectorClassifier(
        kernel: .linear, margin: .ramp(s: -1), tolerance: 1e-8
      ).fitSVM(problem)
      #expect(objective(ramp) <= objective(hinge) + 1e-5)
      #expect(abs(objective(ramp) + ramp.report.objective) < 1e-4)
    }
  }
}
