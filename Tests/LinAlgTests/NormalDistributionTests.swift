import Foundation
import LinAlg
import TestSupport
import Testing

@Suite struct NormalDistributionTests {
  private struct Reference: Decodable {
    struct Table: Decodable {
      let p, z: [HexDouble]
    }

    let normalQuantile: Table
  }

  /// Against values correct to the last bit, in the centre, both tails and at the seams.
  ///
  /// The source promises 1e-16 of the rational functions; two polynomials of degree 7 with
  /// positive coefficients, a quotient and, in the tails, a root and a logarithm add at most about
  /// ten roundings of ε/2. The documentation says 1e-15; the largest error here is 4.7e-16.
  @Test func agreesWithReference() throws {
    let table = try fixture("linalg", as: Reference.self).normalQuantile
    #expect(table.p.count >= 200)
    for (p, z) in zip(table.p.map(\.value), table.z.map(\.value)) {
      let actual = NormalDistribution.quantile(p)
      #expect(abs(actual - z) <= 1e-15 * abs(z), "at \(p): \(actual), not \(z)")
    }
  }

  /// Where 1 − p is exact, the two tails mirror each other bit for bit.
  @Test func isSymmetric() {
    for k in 1..<4096 {
      let p = Double(k) / 4096
      #expect(NormalDistribution.quantile(p) == -NormalDistribution.quantile(1 - p), "at \(p)")
    }
    #expect(NormalDistribution.quantile(0.5) == 0)
  }

  @Test func increases() {
    // Even steps through the centre, and even steps of the logarithm through the lower tail.
    let centre = (1..<20_000).map { Double($0) / 20_000 }
    let tail = (0...7000).map { exp(-0.1 * Double($0)) }.reversed().dropLast(7)
    for probabilities in [centre, Array(tail)] {
      let quantiles = probabilities.map(NormalDistribution.quantile)
      #expect(zip(quantiles, quantiles.dropFirst()).allSatisfy { $0 < $1 })
    }
  }

  /// Neighbouring probabilities at the seams of the three pieces never step back by more than the
  /// relative error of each.
  @Test(arguments: [0.075, 0.925, exp(-25.0)]) func piecesMeet(seam: Double) {
    let below = NormalDistribution.quantile(seam.nextDown.nextDown)
    let above = NormalDistribution.quantile(seam.nextUp.nextUp)
    #expect(above - below >= -2e-15 * abs(above))
    #expect(above - below <= 4e-15 * abs(above))
  }

  @Test func endsAreInfinite() {
    #expect(NormalDistribution.quantile(0) == -.infinity)
    #expect(NormalDistribution.quantile(-0.0) == -.infinity)
    #expect(NormalDistribution.quantile(1) == .infinity)
    #expect(NormalDistribution.quantile(.leastNonzeroMagnitude).isFinite)
    #expect(NormalDistribution.quantile(1.0.nextDown).isFinite)
  }
}

@Suite struct NormalDistributionTrapTests {
  @Test func probabilityAboveOne() async {
    await #expect(processExitsWith: .failure) { _ = NormalDistribution.quantile(1.5) }
  }

  @Test func probabilityNotANumber() async {
    await #expect(processExitsWith: .failure) { _ = NormalDistribution.quantile(.nan) }
  }
}
