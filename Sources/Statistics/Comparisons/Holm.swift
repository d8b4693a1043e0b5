/// Holm's correction for several tests at once.
package enum Holm {
  /// p-values of which those up to α are findings together, with any false one at probability at most α.
  ///
  ///     p̃₍ᵢ₎ = max over j ≤ i of min(1, (m − j + 1)·p₍ⱼ₎)
  ///
  /// Source: Holm, "A simple sequentially rejective multiple test procedure", Scandinavian Journal of
  /// Statistics 6 (1979).
  package static func adjusted(_ values: [Double]) -> [Double] {
    let order = values.indices.sorted {
      values[$0] < values[$1] || (values[$0] == values[$1] && $0 < $1)
    }
    var adjusted = values
    var largest = 0.0
    for (place, index) in order.enumerated() {
      largest = max(largest, min(1, Double(values.count - place) * values[index]))
      adjusted[index] = largest
    }
    return adjusted
  }
}
