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
}
