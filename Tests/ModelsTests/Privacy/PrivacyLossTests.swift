import Foundation
import LinAlg
import Models
import TestSupport
import Testing

/// Privacy losses against closed forms and dp-accounting: never below, and little above.
struct PrivacyLossTests {
  private struct Reference: Decodable {
    struct Point: Decodable {
      let rate: Double
      let noise: Double
      let steps: Int
      let delta: Double
      let lower: Double
      let upper: Double
    }

    struct Added: Decodable {
      let rate: Double
      let noise: Double
      let steps: Int
      let delta: Double
      let epsilon: Double
    }

    let points: [Point]
    let added: Added
  }

  private static func tail(_ z: Double) -> Double { erfc(z / 2.0.squareRoot()) / 2 }

  /// The grid is a hundredth of ε or less in deviations of the sum, which raises δ by its square.
  private static let tolerance = 0.003

  /// All rows in every step: one Gaussian mechanism, whose δ Balle and Wang (2018) have.
  @Test(arguments: [
    (1.0, 1, 1.0), (4, 1, 0.5), (4, 1, 3), (20, 30, 0.5), (20, 30, 2), (0.5, 3, 20), (0.3, 1, 60),
    (100, 1_000, 2), (50, 1, 0.01),
  ])
  func deltasAreThoseOfTheGaussian(_ noise: Double, _ steps: Int, _ epsilon: Double) {
    let mu = 2 * Double(steps).squareRoot() / noise
    let exact =
      Self.tail(epsilon / mu - mu / 2) - exp(epsilon) * Self.tail(epsilon / mu + mu / 2)
    let delta = PrivacyLoss.delta(
      epsilon: epsilon, samplingRate: 1, noiseMultiplier: noise, steps: steps)
    #expect(delta >= exact && delta <= exact * (1 + Self.tolerance), "\(delta), not \(exact)")
  }

  /// One step of a sample: both mixtures above the place where their ratio is e^ε.
  @Test(arguments: [
    (0.2, 1.0, 0.5), (0.2, 1, 1), (0.05, 0.5, 2), (0.5, 4, 0.2), (0.01, 2, 0.01), (0.9, 1, 3),
  ])
  func deltasAreThoseOfOneSample(_ rate: Double, _ noise: Double, _ epsilon: Double) {
    let mass = { (x: Double, mean: Double) in
      (1 - rate) * Self.tail(x / noise) + rate * Self.tail((x - mean) / noise)
    }
    let density = { (x: Double, mean: Double) in
      (1 - rate) * exp(-x * x / (2 * noise * noise))
        + rate * exp(-(x - mean) * (x - mean) / (2 * noise * noise))
    }
    var (low, high) = (0.0, 100.0)
    for _ in 0..<100 {
      let x = (low + high) / 2
      if density(x, 1) < exp(epsilon) * density(x, -1) { low = x } else { high = x }
    }
    let exact = mass(high, 1) - exp(epsilon) * mass(high, -1)
    let delta = PrivacyLoss.delta(
      epsilon: epsilon, samplingRate: rate, noiseMultiplier: noise, steps: 1)
    #expect(delta >= exact && delta <= exact * (1 + Self.tolerance), "\(delta), not \(exact)")
  }

  /// Two ends of each ε: ours is above the lower, and within two thousandths of the upper.
  @Test func epsilonsAreThoseOfDPAccounting() throws {
    let reference: Reference = try fixture("privacy")
    for point in reference.points {
      let delta = { (epsilon: Double) in
        PrivacyLoss.delta(
          epsilon: epsilon, samplingRate: point.rate, noiseMultiplier: point.noise,
          steps: point.steps)
      }
      #expect(delta(point.lower) >= point.delta, "\(point)")
      #expect(delta(point.upper * 1.002) <= point.delta, "\(point)")
    }
  }

  /// What had ε = 8 for a row that is added has 15 for one that is replaced.
  @Test func replacingARowRevealsMoreThanAddingIt() throws {
    let added = try fixture("privacy", as: Reference.self).added
    #expect(added.epsilon < 8)
    let delta = { (epsilon: Double) in
      PrivacyLoss.delta(
        epsilon: epsilon, samplingRate: added.rate, noiseMultiplier: added.noise,
        steps: added.steps)
    }
    #expect(delta(8) > 100 * added.delta && delta(15) > added.delta && delta(15.05) < added.delta)
  }

  @Test(arguments: [0.5, 2.0, 8.0, 100.0], [(0.05, 1e-5), (0.2, 1e-9), (1.0, 0.01)])
  func noiseSpendsWhatWasAskedFor(_ epsilon: Double, _ other: (rate: Double, delta: Double)) throws
  {
    let noise = try #require(
      PrivacyLoss.noiseMultiplier(
        epsilon: epsilon, delta: other.delta, samplingRate: other.rate, steps: 50))
    let delta = { (noise: Double) in
      PrivacyLoss.delta(
        epsilon: epsilon, samplingRate: other.rate, noiseMultiplier: noise, steps: 50)
    }
    #expect(delta(noise) <= other.delta && delta(noise * (1 - 1e-5)) > other.delta)
  }

  /// Where no noise is known to be enough, none is given.
  @Test func whatCannotBeIsRefused() throws {
    #expect(
      PrivacyLoss.noiseMultiplier(
        epsilon: 1e-9, delta: 1e-300, samplingRate: 1, steps: 100_000) == nil)
    let huge = try #require(
      PrivacyLoss.noiseMultiplier(epsilon: 1e6, delta: 0.5, samplingRate: 0.2, steps: 3))
    #expect(huge > 0)
  }

  /// The plain sum; the rounding of N terms of size 1.
  @Test(arguments: [2, 4, 8, 64])
  func transformsAreSums(_ size: Int) {
    var stream = RandomStream(key: .standard, purpose: RandomPurpose(9_991), seed: 1)
    let (x, y) = (
      (0..<size).map { _ in stream.normal() }, (0..<size).map { _ in stream.normal() }
    )
    var (real, imaginary) = (x, y)
    FourierTransform.apply(&real, &imaginary)
    for k in 0..<size {
      var (a, b) = (0.0, 0.0)
      for j in 0..<size {
        let angle = -2 * Double.pi * Double(j * k) / Double(size)
        a += x[j] * cos(angle) - y[j] * sin(angle)
        b += x[j] * sin(angle) + y[j] * cos(angle)
      }
      #expect(
        abs(real[k] - a) < 1e-13 * Double(size) && abs(imaginary[k] - b) < 1e-13 * Double(size))
    }
  }
}
