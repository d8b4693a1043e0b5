import CBLAS

// Safe throughout: the callers have checked that every operand holds what its shape promises.
// Documented at the protocol's requirements.
// swift-format-ignore: AllPublicDeclarationsHaveDocumentation
extension Float: BLASScalar {
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

  public static func _gemv(
    _ transpose: Bool, _ m: Int, _ n: Int, _ alpha: Float, _ a: UnsafePointer<Float>, _ lda: Int,
    _ x: UnsafePointer<Float>, _ beta: Float, _ y: UnsafeMutablePointer<Float>
  ) {
    unsafe cblas_sgemv(
      CblasRowMajor, transpose ? CblasTrans : CblasNoTrans, Int32(m), Int32(n), alpha, a,
      Int32(lda), x, 1, beta, y, 1)
  }

  public static func _syrk(
    _ transpose: Bool, _ n: Int, _ k: Int, _ alpha: Float, _ a: UnsafePointer<Float>, _ lda: Int,
    _ beta: Float, _ c: UnsafeMutablePointer<Float>, _ ldc: Int
  ) {
    unsafe cblas_ssyrk(
      CblasRowMajor, CblasLower, transpose ? CblasTrans : CblasNoTrans, Int32(n), Int32(k), alpha,
      a, Int32(lda), beta, c, Int32(ldc))
  }

  public static func _ger(
    _ m: Int, _ n: Int, _ alpha: Float, _ x: UnsafePointer<Float>, _ y: UnsafePointer<Float>,
    _ a: UnsafeMutablePointer<Float>, _ lda: Int
  ) {
    unsafe cblas_sger(CblasRowMajor, Int32(m), Int32(n), alpha, x, 1, y, 1, a, Int32(lda))
  }

  public static func _axpy(
    _ n: Int, _ alpha: Float, _ x: UnsafePointer<Float>, _ y: UnsafeMutablePointer<Float>
  ) {
    unsafe cblas_saxpy(Int32(n), alpha, x, 1, y, 1)
  }

  public static func _dot(
    _ n: Int, _ x: UnsafePointer<Float>, _ y: UnsafePointer<Float>
  ) -> Float {
    unsafe cblas_sdot(Int32(n), x, 1, y, 1)
  }

  public static func _nrm2(_ n: Int, _ x: UnsafePointer<Float>) -> Float {
    unsafe cblas_snrm2(Int32(n), x, 1)
  }

  public static func _potrf(_ n: Int, _ a: UnsafeMutablePointer<Float>, _ lda: Int) -> Int {
    unsafe Int(LAPACKE_spotrf(LAPACK_ROW_MAJOR, lower, Int32(n), a, Int32(lda)))
  }

  public static func _potrs(
    _ n: Int, _ columns: Int, _ a: UnsafePointer<Float>, _ lda: Int,
    _ b: UnsafeMutablePointer<Float>, _ ldb: Int
  ) -> Int {
    unsafe Int(
      LAPACKE_spotrs(
        LAPACK_ROW_MAJOR, lower, Int32(n), Int32(columns), a, Int32(lda), b, Int32(ldb)))
  }

  public static func _syevd(
    _ n: Int, _ a: UnsafeMutablePointer<Float>, _ lda: Int, _ values: UnsafeMutablePointer<Float>
  ) -> Int {
    unsafe Int(LAPACKE_ssyevd(LAPACK_ROW_MAJOR, vectors, lower, Int32(n), a, Int32(lda), values))
  }

  private static var lower: CChar { CChar(UInt8(ascii: "L")) }
  private static var vectors: CChar { CChar(UInt8(ascii: "V")) }
}
