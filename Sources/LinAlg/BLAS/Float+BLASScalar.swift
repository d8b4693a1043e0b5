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
}
