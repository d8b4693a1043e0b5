import Foundation

/// The χ² distribution.
package struct ChiSquared: Sendable {
  private let a: Double

  /// The distribution with so many degrees of freedom.
  ///
  /// - Precondition: `degreesOfFreedom > 0`.
  package init(degreesOfFreedom: Double) {
    precondition(degreesOfFreedom > 0, "No χ² distribution with \(degreesOfFreedom) degrees")
    a = degreesOfFreedom / 2
  }

  /// The probability of a value of at most `x`: P(k/2, x/2), the regularised incomplete gamma function.
  package func cumulative(_ x: Double) -> Double {
    x / 2 < a + 1 ? lowerSeries(x / 2) : 1 - upperFraction(x / 2)
  }

  /// The probability of a value above `x`, without cancellation where it is small.
  package func survival(_ x: Double) -> Double {
    x / 2 < a + 1 ? 1 - lowerSeries(x / 2) : upperFraction(x / 2)
  }

  /// The value that is exceeded with probability 1 − `probability`, by bisection.
  ///
  /// - Precondition: `0 <= probability < 1`.
  package func quantile(_ probability: Double) -> Double {
    precondition(probability >= 0 && probability < 1, "No χ² quantile at \(probability)")
    guard probability > 0 else { return 0 }
    return bisection(upTo: 2 * a + 1) { x in
      probability < 0.5 ? cumulative(x) < probability : survival(x) > 1 - probability
    }
  }

  /// P(a, x) by its power series, which converges fast for x < a + 1.
  ///
  /// Source: DLMF 8.11.4.
  private func lowerSeries(_ x: Double) -> Double {
    guard x > 0 else { return 0 }
    var term = 1 / a
    var sum = term
    for n in 1...10_000 {
      term *= x / (a + Double(n))
      sum += term
      if term < sum * 1e-17 { break }
    }
    return sum * exp(a * log(x) - x - lgamma(a))
  }

  /// Q(a, x) by its continued fraction, with the modified Lentz method, for x ≥ a + 1.
  ///
  /// Source: DLMF 8.9.2; Press et al., "Numerical Recipes", section 6.2.
  private func upperFraction(_ x: Double) -> Double {
    guard x.isFinite else { return 0 }
    let tiny = 1e-300
    var b = x + 1 - a
    var c = 1 / tiny
    var d = 1 / b
    var fraction = d
    for n in 1...10_000 {
      let k = Double(n)
      let numerator = -k * (k - a)
      b += 2
      d = numerator * d + b
      d = 1 / (abs(d) < tiny ? tiny : d)
      c = b + numerator / c
      c = abs(c) < tiny ? tiny : c
      fraction *= c * d
      if abs(c * d - 1) < 1e-16 { break }
    }
    return exp(a * log(x) - x - lgamma(a)) * fraction
  }
}
