import LinAlg
import Statistics
import TestSupport
import Testing

struct RangeTestTests {
  private func moments(_ values: [Double]) -> RunningMoments {
    values.reduce(into: RunningMoments()) { $0.add($1) }
  }

  private static let ranges = [
    Interval(from: 0, to: .infinity), Interval(from: -.infinity, to: 0.3),
    Interval(from: -0.5, to: 0.5), Interval(from: 1, to: 2), Interval(from: -3, to: -2),
  ]

  /// By its definition: the t interval that reaches an end of the range, from the side where it is.
  ///
  /// Quantiles are good to a relative 1e-9, so intervals of a confidence 1e-6 apart tell.
  @Test(arguments: [2, 5, 40], ranges)
  func isWhereTheIntervalTouchesTheRange(_ count: Int, _ range: Interval) throws {
    for seed in 0..<20 {
      let sample = moments(normalArray(count, seed: UInt32(100 * count + seed)).map { $0 + 0.2 })
      let test = RangeTest(sample, inside: range)
      #expect(test.isInside == range.contains(sample.mean))
      guard test.pValue > 1e-5, test.pValue < 1 - 1e-5 else { continue }
      for (factor, isTold) in [(1 + 1e-6, true), (1 - 1e-6, false)] {
        let interval = try #require(sample.interval(confidence: 1 - test.pValue * factor))
        let isWhole = interval.isInside(range) || !interval.overlaps(range)
        #expect(isWhole == isTold, "\(count) values, \(range), p \(test.pValue)")
      }
    }
  }

  @Test func oneValueTellsNothing() {
    for values in [[], [0.7]] {
      #expect(RangeTest(moments(values), inside: Interval(from: 0, to: 0.1)).pValue == 1)
      #expect(moments(values).allowing(step: 0.1) == moments(values))
    }
  }

  /// Without events among n values, p ≤ α for a limit that the exact test refuses at α at about the same n: the
  /// probability of no event is (1 − q)ⁿ.
  @Test(arguments: [20, 100, 1_000])
  func equalValuesAreNoProof(_ count: Int) {
    let none = moments(Array(repeating: 0, count: count)).allowing(step: 1)
    let limit = none.interval()?.upper ?? 0
    // −ln 0.025 = 3.7 events a value for large n; t quantiles of few values are above 1.96.
    let exact = 3.69 / Double(count)
    #expect(limit > exact && limit < 1.2 * exact, "\(limit) instead of \(exact)")
  }

  /// How many of some values, shares of 30 rows, intervals hold.
  private func coverage(
    _ count: Int, _ share: Double, less other: Double, studies: Int
  ) -> Double {
    var held = 0
    for study in 0..<studies {
      var stream = RandomStream(purpose: .testing, seed: UInt32(study), row: count)
      let draw = { (share: Double) in Double((0..<30).count { _ in stream.uniform() < share }) }
      var sample = RunningMoments()
      for _ in 0..<count { sample.add((draw(share) - (other > 0 ? draw(other) : 0)) / 30) }
      let interval = sample.allowing(step: 1.0 / 30).interval()
      held += interval?.contains(share - other) ?? false ? 1 : 0
    }
    return Double(held) / Double(studies)
  }

  /// The intervals of claims over 2,000 studies, 300 without `HEMLOCK_FULL`: 95 % of them hold the truth where
  /// there are 20 seeds, more where there are five, or hardly any event.
  @Test(.tags(.slow), arguments: [(0.95, 0.0), (0.08, 0.03), (0.002, 0.0)])
  func intervalsHoldTheTruthAsOftenAsTheySay(_ share: Double, _ other: Double) {
    let studies = isFullLength ? 2_000 : 300
    // Three deviations of a share of 95 % among so many.
    let noise = 3 * (0.95 * 0.05 / Double(studies)).squareRoot()
    let isRare = share < 0.01
    for count in [5, 20, 50] {
      let held = coverage(count, share, less: other, studies: studies)
      #expect(held >= 0.95 - noise, "\(count) seeds: \(held)")
      if count >= 20, !isRare { #expect(held <= 0.955 + noise, "\(count) seeds: \(held)") }
    }
  }

  /// Of 36 readings of a table, all of them true by nothing, none is decided in 95 % of studies; without the
  /// correction, in one of six.
  @Test(.tags(.slow)) func verdictsHoldTogether() {
    let studies = isFullLength ? 2_000 : 200
    var (wrong, uncorrected) = (0, 0)
    for study in 0..<studies {
      let values = (0..<36).map { reading in
        let sample = moments(normalArray(20, seed: UInt32(1_000 * study + reading)))
        return RangeTest(sample, inside: Interval(from: 0, to: .infinity)).pValue
      }
      if Holm.adjusted(values).contains(where: { $0 <= 0.05 }) { wrong += 1 }
      if values.contains(where: { $0 <= 0.05 }) { uncorrected += 1 }
    }
    let noise = 3 * (0.05 * 0.95 / Double(studies)).squareRoot()
    #expect(Double(wrong) / Double(studies) <= 0.05 + noise)
    #expect(Double(uncorrected) / Double(studies) >= 0.7)
  }
}
