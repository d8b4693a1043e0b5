import CBLAS

/// The Cholesky factor of a matrix, rounded to single precision: A ≈ LLᵀ, for solving very often.
///
/// Solving reads L twice and does little else, so it takes half the time of double precision. What it solves
/// for is a positive definite matrix, whatever the rounding of L.
public struct FloatCholeskyFactor: Sendable {
  private let lower: Matrix<Float>

  /// Factors `matrix` in double precision, of which only the lower triangle is read.
  ///
  /// - Precondition: `matrix` is square.
  /// - Throws: `LinAlgError.notPositiveDefinite` with the order of the first minor that fails.
  public init(_ matrix: Matrix<Double>) throws(LinAlgError) {
    let factor = try CholeskyFactor(matrix).lower
    var rounded = Matrix<Float>(rows: factor.rows, columns: factor.columns)
    let source = factor.elements.span
    rounded.withMutableElements { target in
      for index in source.indices { target[index] = Float(source[index]) }
    }
    for order in 0..<factor.rows where !(rounded[order, order] > 0) {
      throw .notPositiveDefinite(order: order + 1)
    }
    lower = rounded
  }

  /// Solves LLᵀx = b in place.
  ///
  /// - Precondition: `vector` has as many elements as A has rows.
  public func solve(_ vector: inout [Float]) {
    precondition(
      vector.count == lower.rows,
      "Solving \(lower.rows) equations for \(vector.count) right-hand sides")
    guard lower.rows > 0 else { return }
    let n = Int32(lower.rows)
    // Safe: the factor is n × n and the vector n long.
    unsafe cblas_strsv(
      CblasRowMajor, CblasLower, CblasNoTrans, CblasNonUnit, n, lower.elements, n, &vector, 1)
    unsafe cblas_strsv(
      CblasRowMajor, CblasLower, CblasTrans, CblasNonUnit, n, lower.elements, n, &vector, 1)
  }
}
