public import LinAlg

extension RandomPurpose {
  /// Numbers for tests; no code of the program draws with this purpose.
  public static let testing = RandomPurpose(0xFFFF_FFFF)
}

/// Standard normal numbers, the same for the same seed.
public func normalArray(_ count: Int, seed: UInt32) -> [Double] {
  var stream = RandomStream(purpose: .testing, seed: seed)
  return (0..<count).map { _ in stream.normal() }
}

/// A matrix of standard normal numbers, the same for the same seed.
public func normalMatrix<Scalar: BLASScalar>(
  _ rows: Int, _ columns: Int, seed: UInt32, of type: Scalar.Type = Double.self
) -> Matrix<Scalar> {
  Matrix(
    rows: rows, columns: columns,
    elements: normalArray(rows * columns, seed: seed).map { Scalar($0) })
}
