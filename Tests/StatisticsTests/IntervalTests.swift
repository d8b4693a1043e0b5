import Statistics
import Testing

struct IntervalTests {
  private let unit = Interval(from: 0, to: 1)

  @Test func holdsItsEnds() {
    #expect(unit.contains(0) && unit.contains(1) && unit.contains(0.5))
    #expect(!unit.contains(-0.1) && !unit.contains(1.0.nextUp) && !unit.contains(.nan))
    #expect(Interval(from: 2, to: 2).contains(2))
  }

  @Test(arguments: [
    (0.0, 1.0, true, true), (0.2, 0.8, true, true), (1, 2, false, true), (-1, 0, false, true),
    (-1, 2, false, true), (0.5, 1.5, false, true), (1.1, 2, false, false), (-2, -0.1, false, false),
  ])
  func comparesWithOthers(_ lower: Double, _ upper: Double, _ isInside: Bool, _ overlaps: Bool) {
    let other = Interval(from: lower, to: upper)
    #expect(other.isInside(unit) == isInside)
    #expect(other.overlaps(unit) == overlaps && unit.overlaps(other) == overlaps)
  }

  @Test func hasACentre() {
    #expect(Interval(centre: 2, halfWidth: 0.5) == Interval(from: 1.5, to: 2.5))
  }

  @Test func endsAreInOrder() async {
    await #expect(processExitsWith: .failure) { _ = Interval(from: 1, to: 0) }
    await #expect(processExitsWith: .failure) { _ = Interval(centre: 0, halfWidth: -1) }
    await #expect(processExitsWith: .failure) { _ = Interval(from: .nan, to: 0) }
  }
}
