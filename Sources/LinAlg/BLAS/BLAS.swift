/// The BLAS routines the models use, one thin wrapper each: shapes are checked here, once.
///
/// Level 1 is here; `BLAS+MatrixVector.swift` and `BLAS+MatrixMatrix.swift` hold levels 2 and 3.
/// Accuracy is that of OpenBLAS: error at most about n·ε·Σ|xᵢyᵢ| for an inner product of n terms.
public enum BLAS {
  /// Adds a multiple of a vector: y ← αx + y.
  ///
  /// - Precondition: `x` and `y` have the same count.
  public static func axpy<Scalar: BLASScalar>(
    _ alpha: Scalar, _ x: Span<Scalar>, into y: inout [Scalar]
  ) {
    precondition(x.count == y.count, "axpy of \(x.count) elements into \(y.count)")
    guard !x.isEmpty else { return }
    // Safe: both hold x.count elements.
    unsafe x.withUnsafeBufferPointer { x in
      guard let base = x.baseAddress else { return }
      unsafe Scalar._axpy(x.count, alpha, base, &y)
    }
  }

  /// The inner product xᵀy; 0 for empty vectors.
  ///
  /// - Precondition: `x` and `y` have the same count.
  public static func dot<Scalar: BLASScalar>(_ x: Span<Scalar>, _ y: Span<Scalar>) -> Scalar {
    precondition(x.count == y.count, "dot of \(x.count) and \(y.count) elements")
    // Safe: both hold x.count elements.
    return unsafe x.withUnsafeBufferPointer { x in
      unsafe y.withUnsafeBufferPointer { y in
        guard let first = x.baseAddress, let second = y.baseAddress else { return 0 }
        return unsafe Scalar._dot(x.count, first, second)
      }
    }
  }

  /// The Euclidean norm ‖x‖₂, without needless overflow; 0 for an empty vector.
  public static func nrm2<Scalar: BLASScalar>(_ x: Span<Scalar>) -> Scalar {
    // Safe: x holds x.count elements.
    unsafe x.withUnsafeBufferPointer { x in
      guard let base = x.baseAddress else { return 0 }
      return unsafe Scalar._nrm2(x.count, base)
    }
  }
}
