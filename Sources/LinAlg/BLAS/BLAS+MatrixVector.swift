extension BLAS {
  /// Multiplies a matrix and a vector: y ← αAx + βy, or y ← αAᵀx + βy.
  ///
  /// Shapes: A m × n; x n and y m, or x m and y n when `transpose`. β = 0 ignores what y held.
  /// - Precondition: The shapes agree.
  public static func gemv<Scalar: BLASScalar>(
    _ a: Matrix<Scalar>, transpose: Bool = false, _ x: Span<Scalar>, alpha: Scalar = 1,
    beta: Scalar = 0, into y: inout [Scalar]
  ) {
    let (inputs, outputs) = transpose ? (a.rows, a.columns) : (a.columns, a.rows)
    precondition(
      x.count == inputs && y.count == outputs,
      "gemv of \(a.rows) × \(a.columns)\(transpose ? " transposed" : "") with x of \(x.count) "
        + "and y of \(y.count) elements")
    guard outputs > 0 else { return }
    guard inputs > 0 else {
      for index in y.indices { y[index] = beta == 0 ? 0 : beta * y[index] }
      return
    }
    // Safe: the shapes were checked and no operand is empty.
    unsafe x.withUnsafeBufferPointer { x in
      guard let base = x.baseAddress else { return }
      unsafe Scalar._gemv(
        transpose, a.rows, a.columns, alpha, a.elements, a.columns, base, beta, &y)
    }
  }

  /// Adds a multiple of an outer product: A ← αxyᵀ + A.
  ///
  /// Shapes: x m, y n, A m × n.
  /// - Precondition: The shapes agree.
  public static func ger<Scalar: BLASScalar>(
    _ alpha: Scalar, _ x: Span<Scalar>, _ y: Span<Scalar>, into a: inout Matrix<Scalar>
  ) {
    precondition(
      x.count == a.rows && y.count == a.columns,
      "ger of x of \(x.count) and y of \(y.count) elements into \(a.rows) × \(a.columns)")
    let (rows, columns) = (a.rows, a.columns)
    // Safe: the shapes were checked; an empty operand has no base address and nothing is done.
    unsafe x.withUnsafeBufferPointer { x in
      unsafe y.withUnsafeBufferPointer { y in
        unsafe a.withUnsafeMutableBase { a in
          guard let a = unsafe a, let x = x.baseAddress, let y = y.baseAddress else { return }
          unsafe Scalar._ger(rows, columns, alpha, x, y, a, columns)
        }
      }
    }
  }
}
