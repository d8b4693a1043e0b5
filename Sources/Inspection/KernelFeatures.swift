import LinAlg

/// Features whose inner products are nearly those of the Gaussian kernel.
///
///     Z = K_nm·V·Λ^(−½),   K_mm = V·Λ·Vᵀ,   K(x, s) = exp(−γ‖x − s‖²),   γ = 1/(d·var)
///
/// m of the rows are the landmarks s; eigenvalues below a millionth of the largest are left out.
///
/// Source: Williams, Seeger, "Using the Nyström method to speed up kernel machines", NIPS 2000.
enum KernelFeatures {
  /// The most landmarks.
  static let landmarkLimit = 300

  /// The features of rows x (n × d), of which some are the landmarks; nil where they have no spread.
  static func of(_ x: Matrix<Double>, landmarks: [Int]) -> Matrix<Double>? {
    let (n, d) = (x.rows, x.columns)
    let variance = x.elements.reduce(0) { $0 + $1 * $1 } / Double(max(n * d, 1))
    guard variance > 0, landmarks.count > 1 else { return nil }
    let s = x.selectingRows(landmarks)
    let gamma = 1 / (Double(d) * variance)
    guard let eigen = try? SymmetricEigen(kernel(s, s, gamma)) else { return nil }
    let largest = eigen.values.last ?? 0
    let kept = eigen.values.indices.filter { eigen.values[$0] > 1e-6 * largest }
    guard !kept.isEmpty else { return nil }
    let vectors = eigen.vectors
    var basis = Matrix<Double>(rows: s.rows, columns: kept.count)
    for row in 0..<s.rows {
      for (place, k) in kept.enumerated() {
        basis[row, place] = vectors[row, k] / eigen.values[k].squareRoot()
      }
    }
    var z = Matrix<Double>(rows: n, columns: kept.count)
    BLAS.gemm(kernel(x, s, gamma), basis, into: &z)
    return z
  }

  private static func kernel(
    _ x: Matrix<Double>, _ s: Matrix<Double>, _ gamma: Double
  ) -> Matrix<Double> {
    let norms = squaredNorms(x)
    let others = squaredNorms(s)
    var k = Matrix<Double>(rows: x.rows, columns: s.rows)
    BLAS.gemm(x, s, transposeB: true, alpha: -2, into: &k)
    k.withMutableElements { k in
      for row in norms.indices {
        for column in others.indices {
          let place = row * others.count + column
          k[place] = Lanes.exp(-gamma * max(k[place] + norms[row] + others[column], 0))
        }
      }
    }
    return k
  }

  private static func squaredNorms(_ x: Matrix<Double>) -> [Double] {
    (0..<x.rows).map { row in
      x.withRow(row) { values in
        var sum = 0.0
        for j in values.indices { sum += values[j] * values[j] }
        return sum
      }
    }
  }
}
