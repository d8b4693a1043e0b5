import Foundation
import LinAlg
import Statistics
import TestSupport
import Testing

/// Intervals and tests against SciPy, and the coverage they have.
struct StatisticsReferenceTests {
  private struct Reference: Decodable {
    struct Binomial: Decodable {
      let successes: Int
      let count: Int
      let confidence: Double
      let wilson: [Double]
    }

    struct Equivalent: Decodable {
      let values: [Double]
      let margin: Double
      let pValue: Double
    }

    struct Samples: Decodable {
      let a: [Double]
      let b: [Double]
      let pValue: Double
      let interval: [Double]
    }

    struct Beta: Decodable {
      let a: Double
      let b: Double
      let x: Double
      let cumulative: Double
    }

    struct Normal: Decodable {
      let z: Double
      let cumulative: Double
    }

    let binomial: [Binomial]
    let equivalence: [Equivalent]
    let welch: [Samples]
    let beta: [Beta]
    let normal: [Normal]
  }

  private let reference: Reference

  init() throws { reference = try fixture("statistics") }

  @Test func distributionsAreSciPys() {
    for point in reference.beta {
      // Logarithms of gamma functions of up to 1,000 are of the order of 6,000, right to an ulp each.
      let logBeta = lgamma(point.a) + lgamma(point.b) - lgamma(point.a + point.b)
      let beta = BetaDistribution(point.a, point.b, logBeta: logBeta)
      let value = beta.cumulative(point.x, complement: 1 - point.x)
      #expect(abs(value - point.cumulative) <= 1e-11 * point.cumulative + 1e-300)
    }
    for point in reference.normal {
      let value = NormalDistribution.cumulative(point.z)
      // Rounding z/√2 by half an ulp changes Φ(z) by z²·ε/2 of it at most; both sides round so.
      let bound = (point.z * point.z + 10) * Double.ulpOfOne
      #expect(abs(value - point.cumulative) <= bound * point.cumulative)
    }
  }

  @Test func binomialIntervalsAreSciPys() {
    for test in reference.binomial {
      let wilson = BinomialInterval.wilson(
        test.successes, of: test.count, confidence: test.confidence)
      #expect(abs(wilson.lower - test.wilson[0]) < 1e-14)
      #expect(abs(wilson.upper - test.wilson[1]) < 1e-14)
    }
  }

  @Test func equivalenceIsTwoTests() {
    for test in reference.equivalence {
      var moments = RunningMoments()
      for value in test.values { moments.add(value) }
      let p = Equivalence.pValue(moments, margin: test.margin)
      #expect(abs(p - test.pValue) <= 1e-9 * test.pValue + 1e-15)
    }
    // Being no worse is the one of the two tests that a mean below 0 fails more easily.
    for test in reference.equivalence {
      var (moments, mirrored) = (RunningMoments(), RunningMoments())
      for value in test.values {
        moments.add(value)
        mirrored.add(-value)
      }
      let (own, other) = (
        Equivalence.pValueOfNoWorse(moments, margin: test.margin),
        Equivalence.pValueOfNoWorse(mirrored, margin: test.margin)
      )
      #expect(abs(max(own, other) - test.pValue) <= 1e-9 * test.pValue + 1e-15)
      #expect((own < other) == (moments.mean > 0))
    }
    var same = RunningMoments()
    for _ in 0..<3 { same.add(0.1) }
    #expect(Equivalence.pValue(same, margin: 0.2) == 0)
    #expect(Equivalence.pValue(same, margin: 0.05) == 1)
    #expect(Equivalence.pValue(RunningMoments(), margin: 0.05) == 1)
  }

  /// 2,000 studies of 45 rows, each with a probability of its own, as the coverage is right on average.
  @Test func binomialIntervalsCover() {
    var covered = 0
    for study in 0..<2_000 {
      var stream = RandomStream(purpose: RandomPurpose(9_981), seed: UInt32(study))
      let truth = 0.7 + 0.28 * stream.uniform()
      let right = (0..<45).count { _ in stream.uniform() < truth }
      covered += BinomialInterval.wilson(right, of: 45).contains(truth) ? 1 : 0
    }
    // Four deviations, 4·√(2000·0.95·0.05) = 39, on either side of 1,900.
    #expect((1_861...1_939).contains(covered), "\(covered)")
  }

  private func moments(_ values: [Double]) -> RunningMoments {
    values.reduce(into: RunningMoments()) { $0.add($1) }
  }

  @Test func welchIsSciPys() throws {
    for samples in reference.welch {
      let test = try #require(Welch(moments(samples.a), moments(samples.b)))
      // Sums of up to 1,000 terms of order 1, and quantiles to 1e-9 of them.
      #expect(abs(test.pValue - samples.pValue) <= 1e-9 * samples.pValue + 1e-12)
      let (found, width) = (test.interval(), samples.interval[1] - samples.interval[0])
      #expect(abs(found.lower - samples.interval[0]) <= 1e-8 * width)
      #expect(abs(found.upper - samples.interval[1]) <= 1e-8 * width)
    }
  }

  /// Without spread in one sample it is the test of the other alone; without any it is a fact.
  @Test func welchOfConstants() throws {
    let (varied, constant) = (moments([1, 2, 4]), moments([2, 2, 2, 2]))
    let test = try #require(Welch(varied, constant))
    let alone = try #require(varied.interval())
    // Each rounds a few times.
    #expect(abs(test.interval().lower - (alone.lower - 2)) < 1e-12)
    #expect(Welch(constant, moments([5])) == nil)
    #expect(try #require(Welch(constant, constant)).pValue == 1)
    #expect(try #require(Welch(constant, moments([3, 3]))).pValue == 0)
  }
}
