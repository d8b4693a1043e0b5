import Store
import Testing

struct RecentRateTests {
  /// What came before the work began, such as the pictures of a run, says nothing of how fast it is.
  @Test func beginsWithTheWork() {
    var rate = RecentRate()
    #expect(rate.perSecond == 0)
    rate.note(4)
    #expect(rate.perSecond > 0)
    rate.note(0)
    #expect(rate.perSecond == 0)
    rate.note(1)
    #expect(rate.perSecond > 0)
  }

  /// Fits that take longer than the window have a rate all the same.
  @Test func lastsBeyondTheWindow() {
    var rate = RecentRate(window: .zero)
    for count in [0, 3, 3, 3] { rate.note(count) }
    #expect(rate.perSecond > 0)
  }
}
