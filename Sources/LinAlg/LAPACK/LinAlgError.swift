/// Why a factorisation could not be computed.
public enum LinAlgError: Error, Equatable, Sendable, CustomStringConvertible {
  /// The leading minor of this order (1-based) is not positive, so there is no Cholesky factor.
  case notPositiveDefinite(order: Int)

  /// This many off-diagonal elements did not converge to zero in an eigenvalue computation.
  case eigenvaluesNotConverged(count: Int)

  /// What happened, in one line.
  public var description: String {
    switch self {
    case .notPositiveDefinite(let order):
      "The leading minor of order \(order) is not positive: the matrix is not positive definite"
    case .eigenvaluesNotConverged(let count):
      "\(count) off-diagonal elements of the tridiagonal form did not converge to zero"
    }
  }
}
