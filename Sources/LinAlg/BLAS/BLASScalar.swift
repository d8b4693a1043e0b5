/// A floating-point type that matrices hold and BLAS multiplies: `Float` or `Double`.
///
/// The underscored requirement forwards to one C routine and checks nothing; `BLAS.gemm` checks shapes
/// and calls it.
public protocol BLASScalar: BinaryFloatingPoint, Sendable {
  /// C ← αAB + βC with row-major operands and leading dimensions in elements.
  static func _gemm(
    _ transposeA: Bool, _ transposeB: Bool, _ m: Int, _ n: Int, _ k: Int, _ alpha: Self,
    _ a: UnsafePointer<Self>, _ lda: Int, _ b: UnsafePointer<Self>, _ ldb: Int, _ beta: Self,
    _ c: UnsafeMutablePointer<Self>, _ ldc: Int)
}
