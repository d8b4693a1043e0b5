import CBLAS

/// The BLAS routines the models use, one thin wrapper each: shapes are checked here, once.
///
/// Level 1 is here, `BLAS+MatrixMatrix.swift` holds level 3.
/// Accuracy is that of OpenBLAS: error at most about n·ε·Σ|xᵢyᵢ| for an inner product of n terms.
public enum BLAS {
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

  /// Adds a multiple of a vector: y ← αx + y.
  ///
  /// - Precondition: `x` and `y` have the same count.
  public static func axpy(
    _ alpha: Double, _ x: Span<Double>, into y: inout [Double]
  ) {
    precondition(x.count == y.count, "axpy of \(x.count) elements into \(y.count)")
    guard !x.isEmpty else { return }
    // Safe: both hold x.count elements.
    unsafe x.withUnsafeBufferPointer { x in
      guard let base = x.baseAddress else { return }
      unsafe cblas_daxpy(Int32(x.count), alpha, base, 1, &y, 1)
    }
  }

  /// The inner product xᵀy; 0 for empty vectors.
  ///
  /// - Precondition: `x` and `y` have the same count.
  public static func dot(_ x: Span<Double>, _ y: Span<Double>) -> Double {
    precondition(x.count == y.count, "dot of \(x.count) and \(y.count) elements")
    // Safe: both hold x.count elements.
    return unsafe x.withUnsafeBufferPointer { x in
      unsafe y.withUnsafeBufferPointer { y in
        guard let first = x.baseAddress, let second = y.baseAddress else { return 0 }
        return unsafe cblas_ddot(Int32(x.count), first, 1, second, 1)
      }
    }
  }

  /// The Euclidean norm ‖x‖₂, without needless overflow; 0 for an empty vector.
  public static func nrm2(_ x: Span<Double>) -> Double {
    // Safe: x holds x.count elements.
    unsafe x.withUnsafeBufferPointer { x in
      guard let base = x.baseAddress else { return 0 }
      return unsafe cblas_dnrm2(Int32(x.count), base, 1)
    }
  }
}
