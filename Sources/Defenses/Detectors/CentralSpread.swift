import LinAlg

/// The middle of some scores and the spread of those around it, by which scores of several sets of rows
/// compare.
///
///     z = (s − median) / ((q_b − q_a) / (Φ⁻¹(b) − Φ⁻¹(a)))
///
/// Of normal scores z is standard normal.
package struct CentralSpread {
  private let middle: Double
  private let unit: Double

  /// The middle and spread of scores, of which there is one at least.
  ///
  /// - Parameter shares: a…b, between which quantiles the spread is taken.
  package init(_ scores: [Double], _ shares: ClosedRange<Double>) {
    let sorted = scores.sorted()
    let quantile = { (share: Double) in
      let place = share * Double(sorted.count - 1)
      let (low, part) = (Int(place), place - place.rounded(.down))
      return sorted[low] + part * (sorted[min(low + 1, sorted.count - 1)] - sorted[low])
    }
    middle = quantile(0.5)
    let (a, b) = (shares.lowerBound, shares.upperBound)
    let spread =
      (quantile(b) - quantile(a))
      / (NormalDistribution.quantile(b) - NormalDistribution.quantile(a))
    // Where most of the scores are the same, any other is as far as it differs.
    unit = spread > 0 && spread.isFinite ? spread : 1
  }

  /// z of a score.
  package func standardized(_ score: Double) -> Double {
    let z = (score - middle) / unit
    return z.isFinite ? z : z < 0 ? -.greatestFiniteMagnitude : .greatestFiniteMagnitude
  }
}
