import CBLAS

extension BLAS {
  /// Multiplies two matrices: C ← α·op(A)·op(B) + βC, where op is the identity or the transpose.
  ///
  /// Shapes: op(A) m × k, op(B) k × n, C m × n. β = 0 ignores what C held.
  /// - Precondition: The shapes agree.
  public static func gemm<Scalar: BLASScalar>(
    _ a: Matrix<Scalar>, transposeA: Bool = false, _ b: Matrix<Scalar>, transposeB: Bool = false,
    alpha: Scalar = 1, beta: Scalar = 0, into c: inout Matrix<Scalar>
  ) {
    let (m, inner) = transposeA ? (a.columns, a.rows) : (a.rows, a.columns)
    let (innerB, n) = transposeB ? (b.columns, b.rows) : (b.rows, b.columns)
    precondition(
      inner == innerB && c.rows == m && c.columns == n,
      "gemm of \(m) × \(inner) and \(innerB) × \(n) into \(c.rows) × \(c.columns)")
    guard m > 0, n > 0 else { return }
    guard inner > 0 else { return scale(&c, by: beta) }
    // Safe: the shapes were checked and no operand is empty.
    unsafe c.withUnsafeMutableBase { base in
      guard let base = unsafe base else { return }
      unsafe Scalar._gemm(
        transposeA, transposeB, m, n, inner, alpha, a.elements, a.columns, b.elements, b.columns,
        beta, base, n)
    }
  }

  /// Multiplies a matrix by its own transpose: C ← αAᵀA + βC, or C ← αAAᵀ + βC.
  ///
  /// Shapes: A m × n; C n × n, or m × m when `outer`. Both triangles of C are written.
  /// - Precondition: C is square of the right size, and symmetric unless β = 0.
  public static func syrk<Scalar: BLASScalar>(
    _ a: Matrix<Scalar>, outer: Bool = false, alpha: Scalar = 1, beta: Scalar = 0,
    into c: inout Matrix<Scalar>
  ) {
    let (size, inner) = outer ? (a.rows, a.columns) : (a.columns, a.rows)
    precondition(
      c.rows == size && c.columns == size,
      "syrk of \(a.rows) × \(a.columns)\(outer ? " outer" : "") into \(c.rows) × \(c.columns)")
    guard size > 0 else { return }
    guard inner > 0 else { return scale(&c, by: beta) }
    // Safe: the shapes were checked and no operand is empty.
    unsafe c.withUnsafeMutableBase { base in
      guard let base = unsafe base else { return }
      unsafe Scalar._syrk(outer, size, inner, alpha, a.elements, a.columns, beta, base)
    }
  }

  private static func scale<Scalar: BLASScalar>(_ c: inout Matrix<Scalar>, by beta: Scalar) {
    c.withMutableElements { elements in
      for index in elements.indices {
        elements[index] = beta == 0 ? 0 : beta * elements[index]
      }
    }
  }
}
