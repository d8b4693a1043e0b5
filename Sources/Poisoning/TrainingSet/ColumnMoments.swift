import LinAlg

/// The mean and the standard deviation of each feature over some rows.
///
///     mean_j = Σᵢ x_ij / n,   deviation_j = √(Σᵢ (x_ij − mean_j)² / n)
///
/// Sums are of values divided by the largest of their column, so they do not overflow, and a
/// constant column has exactly its value as mean and 0 as deviation.
struct ColumnMoments: Sendable, Equatable {
  let means: [Double]
  let deviations: [Double]

  /// The moments of the rows of an n × d matrix; 0 for no rows.
  init(_ features: Matrix<Double>) {
    var means = [Double](repeating: 0, count: features.columns)
    var deviations = means
    let n = Double(features.rows)
    for j in 0..<features.columns {
      let size = (0..<features.rows).reduce(0) { max($0, abs(features[$1, j])) }
      guard size > 0 else { continue }
      let mean = (0..<features.rows).reduce(0) { $0 + features[$1, j] / size } / n
      let square = (0..<features.rows).reduce(0) { sum, row in
        let difference = features[row, j] / size - mean
        return sum + difference * difference
      }
      means[j] = mean * size
      deviations[j] = (square / n).squareRoot() * size
    }
    self.means = means
    self.deviations = deviations
  }
}
