import CBLAS

/// A floating-point type that matrices hold and BLAS multiplies: `Float` or `Double`.
///
/// The first underscored requirement forwards to one C routine, unchecked; `BLAS.gemm` checks shapes.
public protocol BLASScalar: BinaryFloatingPoint, Sendable {
  /// C ← αAB + βC with row-major operands and leading dimensions in elements.
  static func _gemm(
    _ transposeA: Bool, _ transposeB: Bool, _ m: Int, _ n: Int, _ k: Int, _ alpha: Self,
    _ a: UnsafePointer<Self>, _ lda: Int, _ b: UnsafePointer<Self>, _ ldb: Int, _ beta: Self,
    _ c: UnsafeMutablePointer<Self>, _ ldc: Int)

  /// C ← αAᵀA + βC, or C ← αAAᵀ + βC, row-major, both triangles.
  static func _syrk(
    _ outer: Bool, _ size: Int, _ inner: Int, _ alpha: Self, _ a: UnsafePointer<Self>, _ lda: Int,
    _ beta: Self, _ c: UnsafeMutablePointer<Self>)

  /// The elements of a matrix, column by column instead of row by row.
  static func _transposed(_ elements: [Self], rows: Int, columns: Int) -> [Self]
}

/// The elements in the other order, in code that the compiler makes for one type.
///
/// As a generic function that other modules call it would take five times as long.
@inline(__always)
private func transposed<Scalar: BLASScalar>(
  _ elements: [Scalar], _ rows: Int, _ columns: Int
) -> [Scalar] {
  var result = [Scalar](repeating: 0, count: elements.count)
  // A block of this size has its lines of both matrices in the cache at once.
  let side = 16
  let source = elements.span
  var target = result.mutableSpan
  for top in stride(from: 0, to: rows, by: side) {
    let bottom = min(top + side, rows)
    for left in stride(from: 0, to: columns, by: side) {
      for column in left..<min(left + side, columns) {
        for row in top..<bottom { target[column * rows + row] = source[row * columns + column] }
      }
    }
  }
  return result
}

/// Copies the lower triangle of a matrix to the upper one.
@inline(__always)
private func mirror<Scalar: BLASScalar>(_ c: UnsafeMutablePointer<Scalar>, _ size: Int) {
  for row in 0..<size {
    for column in 0..<row { unsafe c[column * size + row] = c[row * size + column] }
  }
}

// Safe throughout: the callers have checked that every operand holds what its shape promises.
// Documented at the protocol's requirements.
// swift-format-ignore: AllPublicDeclarationsHaveDocumentation
extension Double: BLASScalar {
  public static func _transposed(_ elements: [Double], rows: Int, columns: Int) -> [Double] {
    transposed(elements, rows, columns)
  }

  public static func _gemm(
    _ transposeA: Bool, _ transposeB: Bool, _ m: Int, _ n: Int, _ k: Int, _ alpha: Double,
    _ a: UnsafePointer<Double>, _ lda: Int, _ b: UnsafePointer<Double>, _ ldb: Int, _ beta: Double,
    _ c: UnsafeMutablePointer<Double>, _ ldc: Int
  ) {
    unsafe cblas_dgemm(
      CblasRowMajor, transposeA ? CblasTrans : CblasNoTrans,
      transposeB ? CblasTrans : CblasNoTrans, Int32(m), Int32(n), Int32(k), alpha, a, Int32(lda),
      b, Int32(ldb), beta, c, Int32(ldc))
  }

  public static func _syrk(
    _ outer: Bool, _ size: Int, _ inner: Int, _ alpha: Double, _ a: UnsafePointer<Double>,
    _ lda: Int, _ beta: Double, _ c: UnsafeMutablePointer<Double>
  ) {
    unsafe cblas_dsyrk(
      CblasRowMajor, CblasLower, outer ? CblasNoTrans : CblasTrans, Int32(size), Int32(inner),
      alpha, a, Int32(lda), beta, c, Int32(size))
    unsafe mirror(c, size)
  }
}

// swift-format-ignore: AllPublicDeclarationsHaveDocumentation
extension Float: BLASScalar {
  public static func _transposed(_ elements: [Float], rows: Int, columns: Int) -> [Float] {
    transposed(elements, rows, columns)
  }

  public static func _gemm(
    _ transposeA: Bool, _ transposeB: Bool, _ m: Int, _ n: Int, _ k: Int, _ alpha: Float,
    _ a: UnsafePointer<Float>, _ lda: Int, _ b: UnsafePointer<Float>, _ ldb: Int, _ beta: Float,
    _ c: UnsafeMutablePointer<Float>, _ ldc: Int
  ) {
    unsafe cblas_sgemm(
      CblasRowMajor, transposeA ? CblasTrans : CblasNoTrans,
      transposeB ? CblasTrans : CblasNoTrans, Int32(m), Int32(n), Int32(k), alpha, a, Int32(lda),
      b, Int32(ldb), beta, c, Int32(ldc))
  }

  public static func _syrk(
    _ outer: Bool, _ size: Int, _ inner: Int, _ alpha: Float, _ a: UnsafePointer<Float>,
    _ lda: Int, _ beta: Float, _ c: UnsafeMutablePointer<Float>
  ) {
    unsafe cblas_ssyrk(
      CblasRowMajor, CblasLower, outer ? CblasNoTrans : CblasTrans, Int32(size), Int32(inner),
      alpha, a, Int32(lda), beta, c, Int32(size))
    unsafe mirror(c, size)
  }
}
