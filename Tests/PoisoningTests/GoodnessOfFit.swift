import Foundation

/// Bounds that the statistics of correct draws exceed with a stated probability.
///
/// Seeds of tests are fixed, so a test that passes once passes always; the probability says how
/// much choosing the seeds could have helped.
enum GoodnessOfFit {
  /// √N times the Kolmogorov-Smirnov distance of values from the uniform distribution on [0, 1].
  static func kolmogorov(_ values: [Double]) -> Double {
    let n = Double(values.count)
    var distance = 0.0
    for (index, value) in values.sorted().enumerated() {
      distance = max(distance, value - Double(index) / n, Double(index + 1) / n - value)
    }
    return distance * n.squareRoot()
  }

  /// What `kolmogorov` exceeds with at most this probability, for any number of values.
  ///
  ///     P(√N·D > x) ≤ 2·exp(−2x²)
  ///
  /// Source: Massart, "The tight constant in the Dvoretzky-Kiefer-Wolfowitz inequality", Annals of
  /// Probability 18 (1990).
  static func kolmogorovLimit(_ probability: Double) -> Double {
    (-log(probability / 2) / 2).squareRoot()
  }

  /// Σ (count − mean)² / mean of counts that should be equal.
  static func chiSquare(_ counts: [Int]) -> Double {
    let mean = Double(counts.reduce(0, +)) / Double(counts.count)
    return counts.reduce(0) { $0 + (Double($1) - mean) * (Double($1) - mean) } / mean
  }

  /// Σ (count − N·share)² / (N·share) of counts that should fall into these shares.
  static func chiSquare(_ counts: [Int], shares: [Double]) -> Double {
    let total = Double(counts.reduce(0, +))
    return zip(counts, shares).reduce(0) { sum, cell in
      let difference = Double(cell.0) - total * cell.1
      return sum + difference * difference / (total * cell.1)
    }
  }

  /// The range that χ² of this many degrees of freedom leaves with at most this probability.
  ///
  ///     k − 2√(kt) … k + 2√(kt) + 2t,   probability 2·exp(−t)
  ///
  /// Source: Laurent, Massart, "Adaptive estimation of a quadratic functional by model selection",
  /// Annals of Statistics 28 (2000), lemma 1.
  static func chiSquareRange(degrees: Int, _ probability: Double) -> ClosedRange<Double> {
    let (k, t) = (Double(degrees), -log(probability / 2))
    return k - 2 * (k * t).squareRoot()...k + 2 * (k * t).squareRoot() + 2 * t
  }
}
