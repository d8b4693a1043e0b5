import LinAlg
import Statistics
import TestSupport
import Testing

/// Rank tests and shifts against SciPy, and how often they are wrong.
struct ShiftTests {
  private static func rank(
    _ a: [Double], _ b: [Double], _ scores: ScoreTest.Scores, permutations: Int = 20_000,
    seed: UInt32 = 3
  ) -> ScoreTest {
    ScoreTest(
      sorted: a.sorted(), b.sorted(), scores, permutations: permutations, key: .standard,
      purpose: RandomPurpose(7), seed: seed)
  }

  @Test func ranksAndShiftsAreSciPys() throws {
    for sample in try TwoSampleReference.shared.get().ranks.statistics {
      let location = Self.rank(sample.a, sample.b, .location)
      let spread = Self.rank(sample.a, sample.b, .spread)
      #expect(abs(location.statistic - sample.location) < 1e-12)
      #expect(abs(spread.statistic - sample.spread) < 1e-12)
      #expect(abs(Self.rank(sample.a, sample.b, .mean).statistic - sample.mean) < 1e-12)
      // SciPy counts all splits; ours draws 50 hits of them, or has the normal limit at 40 and 40.
      #expect(abs(spread.pValue / sample.ansari - 1) < 4 / 50.0.squareRoot())
      let shift = try #require(SampleShift(sorted: sample.a.sorted(), reference: sample.b.sorted()))
      #expect(abs(shift.difference - sample.shift) < 1e-13)
      #expect(abs(shift.spread - sample.ratio) < 1e-13)
      #expect(abs(shift.shiftProbability(beyond: 0) - sample.shiftPValue) < 1e-11)
      #expect(abs(shift.spreadProbability(beyond: 0) - sample.ratioPValue) < 1e-11)
    }
  }

  @Test func rankProbabilitiesAreThoseOfAllSplits() throws {
    for sample in try TwoSampleReference.shared.get().ranks.probabilities {
      for (kind, expected) in [
        (ScoreTest.Scores.location, sample.location), (.spread, sample.spread),
        (.mean, sample.mean),
      ] {
        // At least 50 hits or all 20,000 draws: a relative deviation of at most 1/√50; four of them.
        let found = Self.rank(sample.a, sample.b, kind).pValue
        #expect(abs(found / expected - 1) < 4 / 50.0.squareRoot())
      }
    }
  }

  /// One of 1,000 values is not 0: in the smaller sample it is with probability 1/100, where the normal
  /// limit would have z = 9.95 and p below 10⁻²².
  @Test func rareValuesAreDrawn() {
    let a = [Double](repeating: 0, count: 9) + [1]
    let test = Self.rank(a, [Double](repeating: 0, count: 990), .location)
    #expect(abs(test.statistic) > 9)
    #expect(abs(test.pValue * 100 - 1) < 4 / 50.0.squareRoot())
    #expect(Self.rank([1, 1], [1, 1, 1], .location).pValue == 1)
    #expect(Self.rank([1, 1], [1, 1, 1], .mean).pValue == 1)
    #expect(Self.rank([1, 1], [1, 1, 1], .spread).pValue == 1)
  }

  /// What is tolerated is no finding more often than α, at its very edge.
  @Test(arguments: [0, 0.1, 0.5], [false, true])
  func toleratedShiftsAreFoundAsRarelyAsStated(_ tolerance: Double, _ isSpread: Bool) throws {
    let draws = isFullLength ? 20_000 : 1_000
    var (alarms, covered) = (0, 0)
    for seed in 0..<draws {
      var stream = RandomStream(purpose: RandomPurpose(7), seed: UInt32(seed))
      let a = (0..<150).map { _ in
        isSpread ? (1 + tolerance) * stream.normal() : stream.normal() + tolerance
      }
      let b = (0..<100).map { _ in stream.normal() }
      let shift = try #require(SampleShift(sorted: a.sorted(), reference: b.sorted()))
      let p =
        isSpread
        ? shift.spreadProbability(beyond: tolerance) : shift.shiftProbability(beyond: tolerance)
      if p <= 0.05 { alarms += 1 }
      if shift.interval().contains(isSpread ? 0 : tolerance) { covered += 1 }
    }
    // Four deviations √(n·0.05·0.95), and half a percent for the limits that the tests are of.
    let slack = 4 * (Double(draws) * 0.05 * 0.95).squareRoot() + 0.005 * Double(draws)
    #expect(Double(alarms) <= 0.05 * Double(draws) + slack, "\(alarms) of \(draws)")
    // Both tails count where nothing is tolerated, and one where something is.
    #expect(Double(alarms) >= (tolerance == 0 ? 0.05 : 0.03) * Double(draws) - slack)
    #expect(abs(Double(covered) - 0.95 * Double(draws)) <= slack, "\(covered) of \(draws)")
  }

  /// The coverage of the interval of a difference of shares, by all 441 pairs of counts out of 20.
  @Test(arguments: [0.02, 0.1, 0.3, 0.5], [0.02, 0.1, 0.3, 0.5])
  func sharesAreCovered(_ p: Double, _ q: Double) {
    let n = 20
    func probabilities(_ p: Double) -> [Double] {
      var values = [Double](repeating: 0, count: n + 1)
      values[0] = 1
      for _ in 0..<n {
        for k in stride(from: n, through: 0, by: -1) {
          values[k] = values[k] * (1 - p) + (k > 0 ? values[k - 1] * p : 0)
        }
      }
      return values
    }
    let (ofA, ofB) = (probabilities(p), probabilities(q))
    var (covered, alarms) = (0.0, 0.0)
    for a in 0...n {
      for b in 0...n {
        let difference = ShareDifference(a, of: n, b, of: n)
        if difference.interval().contains(p - q) { covered += ofA[a] * ofB[b] }
        if difference.probability(beyond: abs(p - q)) <= 0.05 { alarms += ofA[a] * ofB[b] }
      }
    }
    // Agresti and Caffo's figure 1 has coverages from 0.93 up at 20 rows, the wildest above 0.93.
    #expect(covered >= 0.93, "\(covered)")
    #expect(alarms <= 0.07, "\(alarms)")
  }

  @Test func whatDoesNotVaryHasNoShift() {
    #expect(SampleShift(sorted: [1, 2], reference: [3, 3, 3]) == nil)
    #expect(SampleShift(sorted: [1], reference: [1, 2]) == nil)
    #expect(SampleShift(sorted: [-1e100, 1e100], reference: [0, 1e-100]) == nil)
    let constant = SampleShift(sorted: [2, 2, 2], reference: [1, 2, 3])
    #expect(constant?.difference == 0 && constant?.spread == 0)
    #expect(constant?.shiftProbability(beyond: 0) == 1)
  }
}
