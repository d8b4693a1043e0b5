import CBLAS

extension BLAS {
  /// Makes OpenBLAS compute on the calling thread only; programs call it once at start.
  ///
  /// Parallelism is ours (`Parallel`): one level at a time, and results that do not depend on how
  /// a library cuts its work. The setting is process-wide.
  public static func useOneThread() {
    openblas_set_num_threads(1)
  }

  /// Name of the kernel set OpenBLAS chose for this processor, such as `Haswell`.
  ///
  /// Results of BLAS differ in their last bits between kernel sets, so it belongs to the identity
  /// of whatever they computed.
  public static var kernelName: String {
    // Safe: OpenBLAS returns a pointer to a static string.
    unsafe String(cString: openblas_get_corename())
  }
}
