import Defenses
import LinAlg
import Sweeps
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
      let exact: [Double]
    }

    struct Bootstrap: Decodable {
      let estimate: Double
      let replicates: [Double]
      let jackknife: [Double]
      let accelerated: [Double]
      let percentile: [Double]
    }

    struct Equivalent: Decodable {
      let values: [Double]
      let margin: Double
      let pValue: Double
    }

    struct Discovery: Decodable {
      let values: [Double]
      let adjusted: [Double]
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
    let accelerated: [Bootstrap]
    let equivalence: [Equivalent]
    let discovery: [Discovery]
    let beta: [Beta]
    let normal: [Normal]
  }

  private let reference: Reference

  init() throws { reference = try fixture("statistics") }

  @Test func distributionsAreSciPys() {
    for point in reference.beta {
      // Logarithms of gamma functions of up to 1,000 are of the order of 6,000, right to an ulp each.
      let value = BetaDistribution(point.a, point.b).cumulative(point.x)
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
      let exact = BinomialInterval.clopperPearson(
        test.successes, of: test.count, confidence: test.confidence)
      #expect(abs(exact.lower - test.exact[0]) < 1e-9)
      #expect(abs(exact.upper - test.exact[1]) < 1e-9)
    }
  }

  @Test func bootstrapIntervalsAreSciPys() throws {
    for test in reference.accelerated {
      let percentile = BootstrapInterval.percentile(test.replicates)
      #expect(abs(percentile.lower - test.percentile[0]) < 1e-12)
      #expect(abs(percentile.upper - test.percentile[1]) < 1e-12)
      let accelerated = try #require(
        BootstrapInterval.accelerated(
          test.estimate, test.replicates, jackknife: test.jackknife))
      // SciPy asks z₀ of the share of replicates below the estimate, half of the equal ones, too.
      #expect(abs(accelerated.lower - test.accelerated[0]) < 1e-9)
      #expect(abs(accelerated.upper - test.accelerated[1]) < 1e-9)
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

  @Test func discoveryRatesAreSciPys() {
    for test in reference.discovery {
      let adjusted = BenjaminiHochberg.adjusted(test.values)
      for (ours, theirs) in zip(adjusted, test.adjusted) {
        #expect(abs(ours - theirs) < 1e-15)
      }
    }
    #expect(BenjaminiHochberg.adjusted([]) == [])
  }

  @Test func resamplesDependOnNoThread() {
    let mean = { @Sendable (units: [Int]) in
      units.reduce(0.0) { $0 + Double($1 * $1) } / Double(units.count)
    }
    let one = BootstrapInterval.replicates(of: 20, resamples: 50, seed: 3, mean)
    #expect(one == BootstrapInterval.replicates(of: 20, resamples: 50, seed: 3, threads: 2, mean))
    #expect(Set(one).count > 40)
    #expect(BootstrapInterval.accelerated(1, [2, 3], jackknife: [1, 2]) == nil)
    let infinite = BootstrapInterval.percentile([1, .infinity, .infinity])
    #expect(infinite.upper == .infinity)
  }

  /// 2,000 studies of 45 rows at 95.6 %: the exact interval never covers less than stated, and the other
  /// is near.
  @Test func binomialIntervalsCover() {
    var (wilson, exact) = (0, 0)
    for study in 0..<2_000 {
      var stream = RandomStream(purpose: RandomPurpose(9_981), seed: UInt32(study))
      // Each study has a probability of its own, as Wilson's coverage is right on average.
      let truth = 0.7 + 0.28 * stream.uniform()
      let right = (0..<45).count { _ in stream.uniform() < truth }
      wilson += BinomialInterval.wilson(right, of: 45).contains(truth) ? 1 : 0
      exact += BinomialInterval.clopperPearson(right, of: 45).contains(truth) ? 1 : 0
    }
    #expect((1_860...1_940).contains(wilson), "\(wilson)")
    // Four deviations, 4·√(2000·0.95·0.05) = 39, below 1,900.
    #expect(exact >= 1_861, "\(exact)")
  }

  /// 2,000 studies of 100 accuracies: between 93 and 97 % of the intervals hold the mean.
  @Test(.enabled(if: isOptimizedBuild, "takes a billion draws"), .tags(.slow))
  func bootstrapIntervalsCover() {
    let truth = 0.9
    let covered = Parallel.map(2_000, threads: 2) { study -> [Bool] in
      var stream = RandomStream(purpose: RandomPurpose(9_980), seed: UInt32(study))
      let values = (0..<100).map { _ in
        Double((0..<30).count { _ in stream.uniform() < truth }) / 30
      }
      let mean = { @Sendable (units: [Int]) in
        units.reduce(0.0) { $0 + values[$1] } / Double(units.count)
      }
      let replicates = BootstrapInterval.replicates(
        of: 100, resamples: 999, seed: UInt32(study), mean)
      let accelerated = BootstrapInterval.accelerated(
        mean(Array(0..<100)), replicates, jackknife: BootstrapInterval.jackknife(of: 100, mean))
      return [
        accelerated?.contains(truth) == true,
        BootstrapInterval.percentile(replicates).contains(truth),
      ]
    }
    for kind in 0..<2 {
      let count = covered.count { $0[kind] }
      #expect((1_860...1_940).contains(count), "\(count)")
    }
  }
}
