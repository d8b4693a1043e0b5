import Foundation

/// Student's t distribution.
public struct StudentT: Sendable {
  private let nu: Double

  /// The distribution of ν / (ν + T²).
  private let beta: BetaDistribution

  /// The distribution with ν degrees of freedom.
  ///
  /// - Precondition: `degreesOfFreedom >= 1`.
  public init(degreesOfFreedom: Int) { self.init(degreesOfFreedom: Double(degreesOfFreedom)) }

  /// The distribution with ν degrees of freedom, which need not be a whole number.
  ///
  /// - Precondition: `degreesOfFreedom >= 1`.
  package init(degreesOfFreedom: Double) {
    precondition(degreesOfFreedom >= 1, "No t distribution with \(degreesOfFreedom) degrees")
    nu = degreesOfFreedom
    let logBeta = 0.5 * log(Double.pi) - Self.logGammaStep(nu / 2)
    beta = BetaDistribution(nu / 2, 0.5, logBeta: logBeta)
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
    let tail = beta.cumulative(nu / (nu + t * t), complement: t * t / (nu + t * t)) / 2
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
    return bisection(upTo: 1) { cumulative($0) < probability }
  }
}
