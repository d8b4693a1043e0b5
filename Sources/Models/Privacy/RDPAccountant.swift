import Foundation

/// Rényi privacy of the Gaussian mechanism on Poisson-sampled rows, and what it comes to as (ε, δ).
///
///     ρ(a) = ln Σ_{k=0..a} C(a,k)·(1−q)^{a−k}·q^k·exp((k² − k)/(2σ²)) / (a − 1),   a = 2, 3, …
///     q = 1:  ρ(a) = a / (2σ²)
///     ε(δ) = min over a of  T·ρ(a) + ln(1 − 1/a) − (ln δ + ln a)/(a − 1)
///
/// q is the share of rows in a step, σ the noise in units of the clipping norm, T the number of steps.
/// Integer orders alone give a valid bound; fractional ones would make it a little smaller.
///
/// Source: Mironov, Talwar, Zhang, "Rényi differential privacy of the sampled Gaussian mechanism"
/// (2019), section 3.3; the conversion: Canonne, Kamath, Steinke, "The discrete Gaussian for
/// differential privacy" (2020), proposition 12.
package struct RDPAccountant: Sendable {
  /// The orders a.
  package static let orders = Array(2...64) + [128, 256, 512]

  /// T·ρ(a) of each order.
  private var total = [Double](repeating: 0, count: Self.orders.count)

  /// Nothing was released yet.
  package init() {}

  /// An accountant that has been told ρ of each order.
  package init(_ rdp: (Int) -> Double) { total = Self.orders.map(rdp) }

  /// Adds the release of T noisy sums of Poisson samples.
  ///
  /// - Precondition: `samplingRate` lies in 0...1, `noiseMultiplier` is positive.
  package mutating func compose(samplingRate: Double, noiseMultiplier: Double, steps: Int) {
    precondition(
      samplingRate >= 0 && samplingRate <= 1 && noiseMultiplier > 0 && steps >= 0,
      "No mechanism with rate \(samplingRate), noise \(noiseMultiplier), \(steps) steps")
    for (index, order) in Self.orders.enumerated() {
      total[index] +=
        Double(steps)
        * Self.divergence(
          samplingRate: samplingRate, noiseMultiplier: noiseMultiplier, order: order)
    }
  }

  /// ρ(a) of one step.
  ///
  /// - Precondition: `order >= 2`.
  package static func divergence(
    samplingRate q: Double, noiseMultiplier sigma: Double, order: Int
  ) -> Double {
    precondition(order >= 2, "No Rényi divergence of order \(order) here")
    let a = Double(order)
    guard q > 0 else { return 0 }
    guard q < 1 else { return a / (2 * sigma * sigma) }
    let terms = (0...order).map { k in
      let x = Double(k)
      let choices = lgamma(a + 1) - lgamma(x + 1) - lgamma(a - x + 1)
      let samples = (a - x) * log1p(-q) + x * log(q)
      return choices + samples + (x * x - x) / (2 * sigma * sigma)
    }
    let largest = terms.max() ?? 0
    let sum = terms.reduce(0) { $0 + exp($1 - largest) }
    return (largest + log(sum)) / (a - 1)
  }

  /// ε for a δ, and the order that gives it.
  ///
  /// - Precondition: `0 < delta < 1`.
  package func epsilon(delta: Double) -> (epsilon: Double, order: Int) {
    precondition(delta > 0 && delta < 1, "No ε at δ = \(delta)")
    var best = (epsilon: Double.infinity, order: Self.orders[0])
    for (index, order) in Self.orders.enumerated() {
      let a = Double(order)
      let epsilon = total[index] + log1p(-1 / a) - (log(delta) + log(a)) / (a - 1)
      if epsilon < best.epsilon { best = (max(epsilon, 0), order) }
    }
    return best
  }

  /// The smallest noise multiplier, to a relative 10⁻⁹, with which T steps keep within (ε, δ).
  ///
  /// - Precondition: `epsilon > 0`, `0 < delta < 1`, `0 < samplingRate <= 1`, `steps >= 1`.
  package static func noiseMultiplier(
    epsilon: Double, delta: Double, samplingRate: Double, steps: Int
  ) -> Double {
    precondition(epsilon > 0 && steps >= 1, "No noise gives ε = \(epsilon) in \(steps) steps")
    let spent = { (sigma: Double) in
      var accountant = RDPAccountant()
      accountant.compose(samplingRate: samplingRate, noiseMultiplier: sigma, steps: steps)
      return accountant.epsilon(delta: delta).epsilon
    }
    var (low, high) = (1e-3, 1.0)
    while spent(high) > epsilon { (low, high) = (high, high * 2) }
    while high - low > 1e-9 * high {
      let middle = (low + high) / 2
      if spent(middle) > epsilon { low = middle } else { high = middle }
    }
    return high
  }
}
