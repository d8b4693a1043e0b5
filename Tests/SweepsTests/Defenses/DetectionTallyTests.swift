import LinAlg
import Sweeps
import Testing

/// How verdicts are compared with the truth, by counting pairs.
struct DetectionTallyTests {
  /// Random truths, flags and scores with many ties.
  @Test(arguments: [1, 2, 5, 12, 40], [2, 3, 1_000])
  func measuresAreThoseOfPairs(_ count: Int, _ distinct: Int) {
    for seed in UInt32(0)..<20 {
      var stream = RandomStream(key: .standard, purpose: RandomPurpose(9_999), seed: seed)
      let isPoisoned = (0..<count).map { _ in stream.uniform() < 0.3 }
      let isFlagged = (0..<count).map { _ in stream.uniform() < 0.4 }
      let scores = (0..<count).map { _ in (stream.uniform() * Double(distinct)).rounded(.down) }
      let tally = DetectionTally(isPoisoned: isPoisoned, isFlagged: isFlagged, scores: scores)
      var (twice, pairs) = (0, 0)
      for a in 0..<count where isPoisoned[a] {
        for b in 0..<count where !isPoisoned[b] {
          pairs += 1
          twice += scores[a] > scores[b] ? 2 : scores[a] == scores[b] ? 1 : 0
        }
      }
      let area = pairs == 0 ? nil : Double(twice) / Double(2 * pairs)
      #expect(tally.rocAUC == area)
      let hits = (0..<count).count { isPoisoned[$0] && isFlagged[$0] }
      #expect(tally.hitCount == hits && tally.flaggedCount == isFlagged.count { $0 })
    }
  }

  @Test func tiesAtTheBudgetCountByTheirShare() {
    // Two poisoned rows; the largest score is a hit, the next three tie with one hit among them.
    let tally = DetectionTally(
      isPoisoned: [true, false, true, false, false],
      isFlagged: [true, false, false, true, false], scores: [9, 5, 5, 5, 1])
    let atBudget = (1 + 1.0 / 3) / 2
    #expect(tally.precisionAtBudget == atBudget)
    #expect(tally.precision == 0.5 && tally.recall == 0.5)
    #expect(tally.falseAlarmRate == 1.0 / 3)
  }

  @Test func whatIsNotDefinedIsNil() {
    let none = DetectionTally(
      isPoisoned: [false, false], isFlagged: [false, false], scores: [1, 2])
    #expect(none.rocAUC == nil)
    #expect(none.precisionAtBudget == nil)
    #expect(none.precision == nil)
    #expect(none.recall == nil)
    #expect(none.falseAlarmRate == 0)
    let all = DetectionTally(isPoisoned: [true], isFlagged: [true], scores: [0])
    #expect(all.rocAUC == nil)
    #expect(all.precisionAtBudget == 1)
    #expect(all.falseAlarmRate == 0)
  }
}
