import Statistics
import Testing

struct StudentTTests {
  /// Both functions against scipy, whose values are exact to 10⁻¹³ (integrated at 40 digits).
  ///
  /// The bound of the quantile is the documented one; the smaller tail needs the same where its continued fraction
  /// is long, and a rounding of 1 elsewhere.
  @Test func agreesWithScipy() throws {
    let reference = try Reference.load()
    #expect(reference.cumulative.count > 100 && reference.quantiles.count > 100)
    for point in reference.cumulative {
      let p = StudentT(degreesOfFreedom: point.degrees).cumulative(point.t)
      #expect(
        abs(p - point.probability) <= 1e-9 * min(point.probability, 1 - point.probability) + 1e-15,
        "P(T ≤ \(point.t)) with \(point.degrees) degrees: \(p), not \(point.probability)")
    }
    for point in reference.quantiles {
      let t = StudentT(degreesOfFreedom: point.degrees).quantile(point.probability)
      #expect(
        abs(t - point.t) <= 1e-9 * point.t,
        "quantile \(point.probability) with \(point.degrees) degrees: \(t), not \(point.t)")
    }
  }

  @Test(arguments: [1, 2, 3, 10, 999, 99_999])
  func isSymmetric(_ degrees: Int) {
    let distribution = StudentT(degreesOfFreedom: degrees)
    #expect(distribution.quantile(0.5) == 0 && distribution.cumulative(0) == 0.5)
    for t in [1e-8, 0.3, 1, 4, 1e3, 1e200, .infinity] {
      #expect(distribution.cumulative(t) == 1 - distribution.cumulative(-t))
    }
    for p in [0.25, 0.125, 1.0 / 1024] {
      #expect(distribution.quantile(p) == -distribution.quantile(1 - p))
    }
    #expect(distribution.cumulative(.infinity) == 1 && distribution.cumulative(-.infinity) == 0)
  }

  /// With one degree of freedom, P(T ≤ t) = ½ + atan(t)/π: at 1 it is ¾.
  @Test func oneDegreeIsCauchy() {
    let cauchy = StudentT(degreesOfFreedom: 1)
    #expect(abs(cauchy.cumulative(1) - 0.75) <= 1e-15)
    #expect(abs(cauchy.quantile(0.75) - 1) <= 1e-9)
    #expect(cauchy.quantile(1 - 0x1p-53) > 1e15)
  }

  @Test(arguments: [1, 7, 500])
  func growsWithItsArgument(_ degrees: Int) {
    let distribution = StudentT(degreesOfFreedom: degrees)
    let quantiles = (1..<200).map { distribution.quantile(Double($0) / 200) }
    #expect(zip(quantiles, quantiles.dropFirst()).allSatisfy { $0 < $1 })
  }

  @Test func needsDegreesAndProbabilities() async {
    await #expect(processExitsWith: .failure) { _ = StudentT(degreesOfFreedom: 0) }
    await #expect(processExitsWith: .failure) {
      _ = StudentT(degreesOfFreedom: 3).quantile(1)
    }
    await #expect(processExitsWith: .failure) {
      _ = StudentT(degreesOfFreedom: 3).quantile(0)
    }
  }
}
