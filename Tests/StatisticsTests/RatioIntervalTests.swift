import LinAlg
import Statistics
import TestSupport
import Testing

struct RatioIntervalTests {
  private func moments(_ values: [Double]) -> RunningMoments {
    values.reduce(into: RunningMoments()) { $0.add($1) }
  }

  private func interval(_ g: [Double], _ l: [Double]) -> Interval? {
    RatioInterval.fieller(
      moments(g), over: moments(l), contrast: moments(zip(g, l).map { $0 - $1 / 2 }))
  }

  /// The ratios that the t test of g − ρl does not refuse, by trying.
  @Test(arguments: [3, 10, 60])
  func isWhatTheTestOfTheContrastAllows(_ count: Int) throws {
    for seed in 0..<20 {
      let noise = normalArray(2 * count, seed: UInt32(50 * count + seed))
      let l = noise.prefix(count).map { 5 + $0 }
      let g = zip(l, noise.suffix(count)).map { 0.4 * $0 + 0.7 * $1 }
      let p = { (ratio: Double) in
        moments(zip(g, l).map { $0 - ratio * $1 }).probabilityOfZero
      }
      guard let found = interval(g, l) else {
        #expect(moments(l).probabilityOfZero > 0.05)
        continue
      }
      // p falls with slope of about 1/width at the ends; quantiles are good to 1e-9.
      for end in found.ends { #expect(abs(p(end) - 0.05) < 1e-6, "\(count): \(p(end))") }
      #expect(p((found.lower + found.upper) / 2) > 0.05)
      #expect(p(found.upper + found.halfWidth) < 0.05 && p(found.lower - found.halfWidth) < 0.05)
    }
  }

  /// Of a loss that may be none there is no share.
  @Test func noLossHasNoShare() {
    #expect(interval([1, 2, 3], [1, -1, 0.5]) == nil)
    #expect(interval([1], [1]) == nil)
  }

  /// 2,000 studies of 20 and 100 seeds, 300 without `HEMLOCK_FULL`, of rows right with probability 0.95 without an
  /// attack, 0.80 under it and 0.875 behind a defence: just half comes back.
  @Test(.tags(.slow), arguments: [20, 100])
  func holdsTheShareAsOftenAsItSays(_ count: Int) {
    let studies = isFullLength ? 2_000 : 300
    var held = 0
    for study in 0..<studies {
      var stream = RandomStream(purpose: .testing, seed: UInt32(study), row: count)
      var (g, l): ([Double], [Double]) = ([], [])
      for _ in 0..<count {
        let right = [0.95, 0.8, 0.875].map { share in
          Double((0..<30).count { _ in stream.uniform() < share })
        }
        l.append(right[0] - right[1])
        g.append(right[2] - right[1])
      }
      held += interval(g, l)?.contains(0.5) ?? false ? 1 : 0
    }
    let share = Double(held) / Double(studies)
    let noise = 3 * (0.95 * 0.05 / Double(studies)).squareRoot()
    #expect(abs(share - 0.95) <= 0.005 + noise, "\(share)")
  }
}
