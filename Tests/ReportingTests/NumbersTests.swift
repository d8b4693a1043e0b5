import Reporting
import Statistics
import Sweeps
import Testing

struct NumbersTests {
  @Test(arguments: [
    (1.005, 2, "1.00"), (2.675, 2, "2.67"), (0.125, 2, "0.12"), (0.375, 2, "0.38"),
    (99.999, 2, "100.00"), (-1.5, 1, "-1.5"), (0, 2, "0.00"), (-0.0, 2, "0.00"),
    (-0.004, 2, "0.00"), (-0.006, 2, "-0.01"), (-0.4, 0, "0"), (12345.678, 1, "12345.7"),
  ])
  func areRoundedToDecimals(_ value: Double, _ decimals: Int, _ text: String) {
    #expect(Numbers.fixed(value, decimals) == text)
  }

  @Test(arguments: [
    (0.95523, "95.52"), (0, "0.00"), (1, "100.00"), (-0.00001, "0.00"), (-0.0021, "-0.21"),
  ])
  func sharesArePercent(_ share: Double, _ text: String) {
    #expect(Numbers.percent(share) == text)
  }

  @Test func intervalsHaveTwoEnds() {
    #expect(Numbers.percent(Interval(from: 0.9535, to: 0.9569)) == "95.35…95.69")
    #expect(Numbers.percent(Interval(from: -0.00001, to: 0.5), 0) == "0…50")
    #expect(Numbers.percent(nil as Interval?) == "–")
  }

  @Test(arguments: [
    (0, "0"), (7, "7"), (999, "999"), (1000, "1,000"), (16_000, "16,000"),
    (-1_234_567, "-1,234,567"), (100_000, "100,000"), (Int.max, "9,223,372,036,854,775,807"),
    (Int.min, "-9,223,372,036,854,775,808"),
  ])
  func thousandsAreSetApart(_ value: Int, _ text: String) {
    #expect(Numbers.grouped(value) == text)
  }
}
