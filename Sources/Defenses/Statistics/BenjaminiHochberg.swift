/// The correction of several tests that bounds the share of false findings.
package enum BenjaminiHochberg {
  /// p-values such that among those of at most α the expected share of false ones is at most α, for
  /// independent tests.
  ///
  ///     p̃₍ᵢ₎ = min over j ≥ i of min(1, m/j·p₍ⱼ₎)
  ///
  /// Source: Benjamini, Hochberg, "Controlling the false discovery rate", Journal of the Royal
  /// Statistical Society B 57 (1995).
  package static func adjusted(_ values: [Double]) -> [Double] {
    let order = values.indices.sorted {
      values[$0] < values[$1] || (values[$0] == values[$1] && $0 < $1)
    }
    var adjusted = values
    var least = 1.0
    for (place, index) in order.enumerated().reversed() {
      least = min(least, Double(values.count) / Double(place + 1) * values[index])
      adjusted[index] = least
    }
    return adjusted
  }
}
