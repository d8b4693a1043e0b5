import Inspection
import LinAlg
import Statistics
import Testing

/// The share of wrong labels, where it is known.
struct NoiseRateTests {
  /// Whether the labels of n rows of two normal classes contradict the more probable one, the rows farthest
  /// from the border first; of the labels a share is exchanged.
  private static func contradictions(
    _ n: Int, distance: Double, rate: Double, _ stream: inout RandomStream
  ) -> [Bool] {
    let rows = (0..<n).map { _ -> (x: Double, contradicts: Bool) in
      let x = stream.normal() + distance / 2
      return (abs(x), (x < 0) != (stream.uniform() < rate))
    }
    return rows.sorted { $0.x > $1.x }.map(\.contradicts)
  }

  /// Intervals of 95 %.
  ///
  /// Of 2,000 each, 94.8, 95.1, 93.5 and 96.7 % held, in the order of the arguments; of 100, fewer than 86 do
  /// once in 150 tries if 93 % do.
  @Test(arguments: [(4.0, 0.1), (3, 0.05), (2, 0.2), (1.2, 0.1)])
  func intervalsHold(_ distance: Double, _ rate: Double) {
    var stream = RandomStream(purpose: RandomPurpose(9_981), seed: 0)
    var held = 0
    for _ in 0..<100 {
      let seen = Self.contradictions(400, distance: distance, rate: rate, &stream)
      held += NoiseRate(contradictions: seen, classCount: 2).interval.contains(rate) ? 1 : 0
    }
    #expect(held >= 86, "\(held) of 100")
  }

  /// Labels as they are: however much two normal classes overlap, rates above 0 are not asserted.
  ///
  /// Of 2,000 each, 3.7 % to none were; of 100, more than 10 are once in 500 tries if 4 % are.
  @Test(arguments: [0.5, 1, 2, 3, 4, 6]) func overlapIsNotNoise(_ distance: Double) {
    var stream = RandomStream(purpose: RandomPurpose(9_980), seed: 0)
    var alarms = 0
    for _ in 0..<100 {
      let seen = Self.contradictions(400, distance: distance, rate: 0, &stream)
      alarms += NoiseRate(contradictions: seen, classCount: 2).interval.lower > 0 ? 1 : 0
    }
    #expect(alarms <= 10, "\(alarms) of 100")
  }
}
