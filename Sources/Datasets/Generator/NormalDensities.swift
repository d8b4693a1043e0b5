import LinAlg

/// Densities of normal classes.
///
///     ln f_c(x) = −½‖W_c(x − μ_c)‖² − ½ ln det Σ_c,   W_c = diag(λ)^{−1/2}·Vᵀ
struct NormalDensities: ClassDensities {
  private let means: Matrix<Double>
  private let whiteners: [Matrix<Double>]
  private let logDeterminants: [Double]

  /// The densities; nil where a covariance has an eigenvalue that is 0 to working precision.
  init?(means: Matrix<Double>, covariances: [Matrix<Double>]) {
    var (whiteners, logDeterminants): ([Matrix<Double>], [Double]) = ([], [])
    let d = means.columns
    for covariance in covariances {
      guard let eigen = try? SymmetricEigen(covariance), let least = eigen.values.first,
        let greatest = eigen.values.last, least > Double(d) * .ulpOfOne * greatest
      else { return nil }
      var whitener = Matrix<Double>(rows: d, columns: d)
      for k in 0..<d {
        for j in 0..<d { whitener[k, j] = eigen.vectors[j, k] / eigen.values[k].squareRoot() }
      }
      whiteners.append(whitener)
      logDeterminants.append(eigen.values.reduce(0) { $0 + Lanes.log($1) })
    }
    (self.means, self.whiteners, self.logDeterminants) = (means, whiteners, logDeterminants)
  }

  func logDensities(at x: [Double]) -> [Double] {
    whiteners.indices.map { logDensity(ofClass: $0, at: x) }
  }

  /// The logarithm of the density of one class, less the same constant.
  func logDensity(ofClass c: Int, at x: [Double]) -> Double {
    let d = x.count
    var square = 0.0
    for k in 0..<d {
      var sum = 0.0
      for j in 0..<d {
        sum += whiteners[c].elements[k * d + j] * (x[j] - means.elements[c * d + j])
      }
      square += sum * sum
    }
    return -(square + logDeterminants[c]) / 2
  }
}
