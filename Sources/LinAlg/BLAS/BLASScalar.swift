/// A floating-point type that BLAS and LAPACK compute in: `Float` or `Double`.
///
/// The underscored requirements forward to one C routine each and check nothing; `BLAS`,
/// `CholeskyFactor` and `SymmetricEigen` check shapes and call them.
public protocol BLASScalar: BinaryFloatingPoint, Sendable {
  /// C ← αAB + βC with row-major operands and leading dimensions in elements.
  static func _gemm(
    _ transposeA: Bool, _ transposeB: Bool, _ m: Int, _ n: Int, _ k: Int, _ alpha: Self,
    _ a: UnsafePointer<Self>, _ lda: Int, _ b: UnsafePointer<Self>, _ ldb: Int, _ beta: Self,
    _ c: UnsafeMutablePointer<Self>, _ ldc: Int)

  /// y ← αAx + βy, or with the transpose of A.
  static func _gemv(
    _ transpose: Bool, _ m: Int, _ n: Int, _ alpha: Self, _ a: UnsafePointer<Self>, _ lda: Int,
    _ x: UnsafePointer<Self>, _ beta: Self, _ y: UnsafeMutablePointer<Self>)

  /// Lower triangle of C ← αAᵀA + βC (or αAAᵀ + βC).
  static func _syrk(
    _ transpose: Bool, _ n: Int, _ k: Int, _ alpha: Self, _ a: UnsafePointer<Self>, _ lda: Int,
    _ beta: Self, _ c: UnsafeMutablePointer<Self>, _ ldc: Int)

  /// A ← αxyᵀ + A.
  static func _ger(
    _ m: Int, _ n: Int, _ alpha: Self, _ x: UnsafePointer<Self>, _ y: UnsafePointer<Self>,
    _ a: UnsafeMutablePointer<Self>, _ lda: Int)

  /// y ← αx + y.
  static func _axpy(
    _ n: Int, _ alpha: Self, _ x: UnsafePointer<Self>, _ y: UnsafeMutablePointer<Self>)

  /// xᵀy.
  static func _dot(_ n: Int, _ x: UnsafePointer<Self>, _ y: UnsafePointer<Self>) -> Self

  /// ‖x‖₂.
  static func _nrm2(_ n: Int, _ x: UnsafePointer<Self>) -> Self

  /// Lower Cholesky factor in place; returns LAPACK's info.
  static func _potrf(_ n: Int, _ a: UnsafeMutablePointer<Self>, _ lda: Int) -> Int

  /// Solves with a lower Cholesky factor in place; returns LAPACK's info.
  static func _potrs(
    _ n: Int, _ columns: Int, _ a: UnsafePointer<Self>, _ lda: Int,
    _ b: UnsafeMutablePointer<Self>, _ ldb: Int
  ) -> Int

  /// Eigenvalues and eigenvectors of a symmetric matrix in place; returns LAPACK's info.
  static func _syevd(
    _ n: Int, _ a: UnsafeMutablePointer<Self>, _ lda: Int, _ values: UnsafeMutablePointer<Self>
  ) -> Int
}
