import Foundation

/// The beta distribution on 0…1, of density x^(a − 1)·(1 − x)^(b − 1) / B(a, b).
package struct BetaDistribution: Sendable {
  private let a: Double
  private let b: Double
  private let logBeta: Double

  /// The distribution with both shapes, given ln B(a, b), which is often known better than by the
  /// difference of three large terms.
  ///
  /// - Precondition: `a > 0 && b > 0`.
  package init(_ a: Double, _ b: Double, logBeta: Double) {
    precondition(a > 0 && b > 0, "No beta distribution with shapes \(a) and \(b)")
    (self.a, self.b, self.logBeta) = (a, b, logBeta)
  }

  /// The probability of a value of at most x, where y = 1 − x is known without rounding: the regularised
  /// incomplete beta function I_x(a, b).
  ///
  /// Its continued fraction, by the modified Lentz method, converges fast for
  /// x < (a + 1)/(a + b + 2); beyond, I_x(a, b) = 1 − I_{1−x}(b, a).
  ///
  /// Source: DLMF 8.17.22; Lentz's method: Press et al., "Numerical Recipes", section 6.4.
  package func cumulative(_ x: Double, complement y: Double) -> Double {
    if x <= 0 { return 0 }
    if y <= 0 { return 1 }
    guard x <= (a + 1) / (a + b + 2) else {
      return 1 - BetaDistribution(b, a, logBeta: logBeta).cumulative(y, complement: x)
    }
    let tiny = 1e-300
    var d = 1 - (a + b) * x / (a + 1)
    d = 1 / (abs(d) < tiny ? tiny : d)
    var c = 1.0
    var fraction = d
    for m in 1...10_000 {
      let k = Double(m)
      let even = k * (b - k) * x / ((a + 2 * k - 1) * (a + 2 * k))
      let odd = -(a + k) * (a + b + k) * x / ((a + 2 * k) * (a + 2 * k + 1))
      var change = 1.0
      for term in [even, odd] {
        d = 1 + term * d
        d = 1 / (abs(d) < tiny ? tiny : d)
        c = 1 + term / c
        c = abs(c) < tiny ? tiny : c
        change = c * d
        fraction *= change
      }
      if abs(change - 1) < 1e-16 { break }
    }
    // Near 1 the logarithm is taken from the small side, which is not rounded to ε/2 of 1.
    let logX = x < 0.5 ? log(x) : log1p(-y)
    let logY = y < 0.5 ? log(y) : log1p(-x)
    return exp(a * logX + b * logY - log(a) - logBeta) * fraction
  }
}
