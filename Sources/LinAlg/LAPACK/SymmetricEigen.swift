import CBLAS

/// Eigenvalues and orthonormal eigenvectors of a symmetric matrix: A = V·diag(λ)·Vᵀ.
public struct SymmetricEigen: Sendable {
  /// The eigenvalues in ascending order.
  public let values: [Double]

  /// V: column k is the eigenvector of `values[k]`.
  public let vectors: Matrix<Double>

  /// Decomposes `matrix`, of which only the lower triangle is read, by divide and conquer.
  ///
  /// - Precondition: `matrix` is square.
  /// - Throws: `LinAlgError.eigenvaluesNotConverged`; also for elements that are not finite.
  /// - Complexity: O(n³).
  ///
  /// Numerics: backward stable; absolute error of each eigenvalue of the order of n·ε·‖A‖.
  public init(_ matrix: Matrix<Double>) throws(LinAlgError) {
    precondition(
      matrix.rows == matrix.columns,
      "Eigenvalues of a \(matrix.rows) × \(matrix.columns) matrix")
    let n = matrix.rows
    var vectors = matrix
    var values = [Double](repeating: 0, count: n)
    // Safe: the matrix is n × n and there are n values.
    let info: Int32 = unsafe vectors.withUnsafeMutableBase { base in
      guard let base = unsafe base else { return 0 }
      return unsafe LAPACKE_dsyevd(
        LAPACK_ROW_MAJOR, CChar(UInt8(ascii: "V")), CChar(UInt8(ascii: "L")), Int32(n), base,
        Int32(n), &values)
    }
    // LAPACKE refuses NaN but reports success for infinite elements, with eigenvalues of NaN.
    guard info == 0, values.allSatisfy(\.isFinite) else {
      throw .eigenvaluesNotConverged(count: max(Int(info), 1))
    }
    (self.values, self.vectors) = (values, vectors)
  }
}
