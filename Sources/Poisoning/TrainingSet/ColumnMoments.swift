import LinAlg

/// The mean and the standard deviation of each feature over some rows.
///
///     mean_j = Σᵢ x_ij / n,   deviation_j = √(Σᵢ (x_ij − mean_j)² / n)
///
/// Sums are of distances from the smallest value in units of a power of two as large as the column,
/// so they do not overflow, and a constant column has exactly its value as mean and 0 as deviation.
struct ColumnMoments: Sendable, Equatable {
  let means: [Double]
  let deviations: [Double]

  /// The moments of the features of a training set; 0 for no rows.
  init(_ set: TrainingSet) {
    let (n, d) = (set.count, set.features.columns)
    let range = set.range
    let units = (0..<d).map { j in
      let size = max(abs(range.lower[j]), abs(range.upper[j]))
      // No unit is so small that its inverse overflows.
      return Double(
        sign: .plus, exponent: size > 0 ? max(size.exponent, -1000) : 0, significand: 1)
    }
    let inverses = units.map { 1 / $0 }
    let origins = (0..<d).map { range.lower[$0] * inverses[$0] }
    var means = [Double](repeating: 0, count: d)
    var deviations = means
    let x = set.features.elements.span
    Self.add(x, inverses, origins, to: &means) { $0 }
    for j in 0..<d where n > 0 { means[j] /= Double(n) }
    Self.add(x, inverses, zip(origins, means).map(+), to: &deviations) { $0 * $0 }
    for j in 0..<d where n > 0 {
      deviations[j] = (deviations[j] / Double(n)).squareRoot() * units[j]
      means[j] = (means[j] + origins[j]) * units[j]
    }
    (self.means, self.deviations) = (means, deviations)
  }

  /// Adds a term of x_ij / unit_j − origin_j over rows.
  @inline(__always)
  private static func add(
    _ x: Span<Double>, _ inverses: [Double], _ origins: [Double], to sums: inout [Double],
    term: (Double) -> Double
  ) {
    let d = inverses.count
    let (scales, shifts) = (inverses.span, origins.span)
    var sums = sums.mutableSpan
    for start in stride(from: 0, to: d > 0 ? x.count : 0, by: max(d, 1)) {
      for j in 0..<d { sums[j] += term(x[start + j] * scales[j] - shifts[j]) }
    }
  }
}
