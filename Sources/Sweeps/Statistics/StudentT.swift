import Foundation

/// Student's t distribution.
public struct StudentT: Sendable {
  private let nu: Double

  /// ln B(ν/2, ½).
  private let logBeta: Double

  /// The distribution with ν degrees of freedom.
  ///
  /// - Precondition: `degreesOfFreedom >= 1`.
  public init(degreesOfFreedom: Int) {
    precondition(degreesOfFreedom >= 1, "No t distribution with \(degreesOfFreedom) degrees")
    nu = Double(degreesOfFreedom)
    logBeta = 0.5 * log(Double.pi) - Self.logGammaStep(nu / 2)
  }

  /// ln Γ(z + ½) − ln Γ(z), whose two terms would cancel for large z.
  ///
  /// Beyond z = 50 the error of the series is below its next term, 31 / (18,432·z⁹) < 10⁻¹⁸.
  ///
  /// Source: DLMF 5.11.8, at the shifts ½ and 0.
  private static func logGammaStep(_ z: Double) -> Double {
    guard z > 50 else { return lgamma(z + 0.5) - lgamma(z) }
    let u = 1 / (z * z)
    return 0.5 * log(z) - (1.0 / 8 - u * (1.0 / 192 - u * (1.0 / 640 - u * 17 / 14_336))) / z
  }

  /// The probability of a value of at most `t`.
  ///
  ///     P(T ≤ t) = 1 − ½·I_x(ν/2, ½)  for t ≥ 0,   x = ν / (ν + t²)
  public func cumulative(_ t: Double) -> Double {
    let tail = incompleteBeta(nu / 2, 0.5, nu / (nu + t * t), t * t / (nu + t * t)) / 2
    return t < 0 ? tail : 1 - tail
  }

  /// The t with P(T ≤ t) = `probability`; relative error below 1e-9 for probabilities of 0.5…0.9999.
  ///
  /// Bisection on the distribution function, which is monotone.
  /// - Precondition: `0 < probability < 1`.
  public func quantile(_ probability: Double) -> Double {
    precondition(probability > 0 && probability < 1, "No t quantile at \(probability)")
    if probability < 0.5 { return -quantile(1 - probability) }
    if probability == 0.5 { return 0 }
    var (low, high) = (0.0, 1.0)
    while cumulative(high) < probability { high *= 2 }
    for _ in 0..<200 {
      let middle = (low + high) / 2
      if middle == low || middle == high { break }
      if cumulative(middle) < probability { low = middle } else { high = middle }
    }
    return (low + high) / 2
  }

  /// The regularised incomplete beta function I_x(a, b), given x and y = 1 − x; {a, b} = {ν/2, ½}.
  ///
  /// Its continued fraction, by the modified Lentz method, converges fast for
  /// x < (a + 1)/(a + b + 2); beyond, I_x(a, b) = 1 − I_{1−x}(b, a).
  ///
  /// Source: DLMF 8.17.22; Lentz's method: Press et al., "Numerical Recipes", section 6.4.
  private func incompleteBeta(_ a: Double, _ b: Double, _ x: Double, _ y: Double) -> Double {
    if x <= 0 { return 0 }
    if y <= 0 { return 1 }
    if x > (a + 1) / (a + b + 2) { return 1 - incompleteBeta(b, a, y, x) }
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
