import CBLAS

/// The lower Cholesky factor of a symmetric positive definite matrix: A = LLᵀ.
public struct CholeskyFactor: Sendable {
  /// L in the lower triangle; what stands above the diagonal is unspecified.
  let lower: Matrix<Double>

  /// Factors `matrix`, of which only the lower triangle is read.
  ///
  /// - Precondition: `matrix` is square.
  /// - Throws: `LinAlgError.notPositiveDefinite` with the order of the first minor that fails.
  /// - Complexity: n³/3 multiplications.
  ///
  /// Numerics: backward stable, LLᵀ = A + E with ‖E‖ of the order of n·ε·‖A‖.
  public init(_ matrix: Matrix<Double>) throws(LinAlgError) {
    precondition(
      matrix.rows == matrix.columns,
      "Cholesky factor of a \(matrix.rows) × \(matrix.columns) matrix")
    var factor = matrix
    let n = matrix.rows
    // Safe: the matrix is n × n.
    let info: Int32 = unsafe factor.withUnsafeMutableBase { base in
      guard let base = unsafe base else { return 0 }
      return unsafe LAPACKE_dpotrf(
        LAPACK_ROW_MAJOR, CChar(UInt8(ascii: "L")), Int32(n), base, Int32(n))
    }
    // A negative info is LAPACKE's word for a NaN among the elements.
    guard info == 0 else { throw .notPositiveDefinite(order: max(Int(info), 1)) }
    lower = factor
  }

  /// Solves Ax = b in place.
  ///
  /// - Precondition: `vector` has as many elements as A has rows.
  public func solve(_ vector: inout [Double]) {
    precondition(
      vector.count == lower.rows,
      "Solving \(lower.rows) equations for \(vector.count) right-hand sides")
    guard lower.rows > 0 else { return }
    // By columns the memory of L holds Lᵀ, so that LAPACKE need not copy it first: A = (Lᵀ)ᵀLᵀ.
    // Safe: the factor is n × n and the vector n × 1. The only error potrs knows is a bad shape.
    let n = Int32(lower.rows)
    let info = unsafe LAPACKE_dpotrs_work(
      LAPACK_COL_MAJOR, CChar(UInt8(ascii: "U")), n, 1, lower.elements, n, &vector, n)
    assert(info == 0, "potrs refused argument \(-info)")
  }
}
