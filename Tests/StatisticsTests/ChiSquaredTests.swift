import Statistics
import TestSupport
import Testing

struct ChiSquaredTests {
  /// What `Tests/Fixtures/detectors.json` has of quantiles.
  private struct Reference: Decodable {
    struct Quantile: Decodable {
      let degrees: Double
      let probability: Double
      let quantile: Double
      let survival: Double
    }

    let quantiles: [Quantile]
  }

  @Test func quantilesAreSciPys() throws {
    let reference: Reference = try fixture("detectors")
    #expect(!reference.quantiles.isEmpty)
    for point in reference.quantiles {
      let distribution = ChiSquared(degreesOfFreedom: point.degrees)
      let ours = distribution.quantile(point.probability)
      // For 1 − p = 1e-6 the probability itself has 1e-10 of it.
      #expect(abs(ours - point.quantile) <= 1e-9 * point.quantile, "\(point)")
      let tail = distribution.survival(point.quantile * 1.7)
      #expect(abs(tail - point.survival) <= 1e-10 * point.survival + 1e-300, "\(point)")
    }
  }
}
