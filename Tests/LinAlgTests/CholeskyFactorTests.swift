import Foundation
import LinAlg
import TestSupport
import Testing

@Suite struct CholeskyFactorTests {
  static let sizes = [1, 2, 7, 8, 9, 31, 33, 100, 200]

  /// A positive definite matrix: BBᵀ/n + I.
  private static func positiveDefinite<Scalar: BLASScalar>(
    _ n: Int, of type: Scalar.Type
  ) -> Matrix<Scalar> {
    var matrix = identity(n, of: type)
    BLAS.syrk(
      normalMatrix(n, n, seed: 1, of: type), outer: true, alpha: 1 / Scalar(n), beta: 1,
      into: &matrix)
    return matrix
  }

  private static func identity<Scalar: BLASScalar>(
    _ n: Int, of type: Scalar.Type = Double.self
  ) -> Matrix<Scalar> {
    var matrix = Matrix<Scalar>(rows: n, columns: n)
    for index in 0..<n { matrix[index, index] = 1 }
    return matrix
  }

  /// 2 on the diagonal, −1 beside it: determinant n + 1.
  private static func secondDifference<Scalar: BLASScalar>(
    _ n: Int, of type: Scalar.Type
  ) -> Matrix<Scalar> {
    var matrix = Matrix<Scalar>(rows: n, columns: n)
    for index in 0..<n { matrix[index, index] = 2 }
    for index in 1..<max(n, 1) {
      matrix[index, index - 1] = -1
      matrix[index - 1, index] = -1
    }
    return matrix
  }

  @Test(arguments: sizes, Precision.allCases)
  func solutionHasSmallResidual(n: Int, precision: Precision) throws {
    switch precision {
    case .single: try checkResidual(n, of: Float.self)
    case .double: try checkResidual(n, of: Double.self)
    }
  }

  /// LLᵀx = b, for as many right-hand sides as show LLᵀ = A.
  private func checkResidual<Scalar: BLASScalar>(_ n: Int, of type: Scalar.Type) throws {
    let a = Self.positiveDefinite(n, of: type)
    let factor = try CholeskyFactor(a)
    let largest = (0..<n).map { Double(a[$0, $0]) }.max() ?? 0
    for column in 0..<min(n, 10) {
      let b = normalArray(n, seed: UInt32(column)).map { Scalar($0) }
      var x = b
      factor.solve(&x)
      let product = (0..<n).map { row in
        (0..<n).reduce(0.0) { $0 + Double(a[row, $1]) * Double(x[$1]) }
      }
      // |b − Ax| ≤ (3n + 1)·ε/2·|L||Lᵀ||x| (Higham, Accuracy and Stability, theorem 10.4), and
      // (|L||Lᵀ|)ᵢⱼ ≤ max aᵢᵢ by Cauchy and Schwarz; the product above errs by a third of that.
      let size = x.reduce(0.0) { $0 + abs(Double($1)) }
      let bound = Double(3 * n + 1) * Double(Scalar.ulpOfOne) * largest * size
      expectClose(
        b, product, within: Array(repeating: bound, count: n), "residual of \(n) equations")
    }
  }

  @Test func readsTheLowerTriangleOnly() throws {
    let n = 33
    let matrix = Self.positiveDefinite(n, of: Double.self)
    var spoilt = matrix
    for row in 0..<n {
      for column in row + 1..<n { spoilt[row, column] = .nan }
    }
    var (x, y) = (normalArray(n, seed: 2), normalArray(n, seed: 2))
    try CholeskyFactor(matrix).solve(&x)
    try CholeskyFactor(spoilt).solve(&y)
    #expect(x == y)
  }

  @Test func oneEquation() throws {
    var x = [10.0]
    let factor = try CholeskyFactor(Matrix(rows: 1, columns: 1, elements: [4.0]))
    factor.solve(&x)
    #expect(x == [2.5])
    // Two roundings of log and of the root, around ln 4.
    #expect(abs(factor.logDeterminant - log(4.0)) <= 4 * log(4.0).ulp)
  }

  @Test func noEquations() throws {
    let factor = try CholeskyFactor(Matrix<Double>(rows: 0, columns: 0))
    var x: [Double] = []
    factor.solve(&x)
    #expect(x.isEmpty)
    #expect(factor.logDeterminant == 0)
  }

  @Test(arguments: sizes, Precision.allCases)
  func logDeterminantOfSecondDifferences(n: Int, precision: Precision) throws {
    let (actual, epsilon) =
      switch precision {
      case .single:
        (
          try CholeskyFactor(Self.secondDifference(n, of: Float.self)).logDeterminant,
          Double(Float.ulpOfOne)
        )
      case .double:
        (
          try CholeskyFactor(Self.secondDifference(n, of: Double.self)).logDeterminant,
          Double.ulpOfOne
        )
      }
    // LLᵀ = A + E and ln det moves by |tr A⁻¹E| ≤ Σ|A⁻¹|ᵢⱼ|E|ᵢⱼ. Each of the 3n elements of the
    // band has |E| ≤ 3·ε/2·2 and |A⁻¹| ≤ (n + 1)/4. The sum of n logarithms adds 2n·ε·ln(n + 1).
    let bound = (2.25 * Double(n * (n + 1)) + 2 * Double(n) * log(Double(n + 1))) * epsilon
    #expect(abs(actual - log(Double(n + 1))) <= bound, "\(n): \(actual)")
  }

  /// The identity with a 2 × 2 block of determinant −3 at `order`.
  @Test(arguments: [(2, 2), (9, 2), (9, 9), (33, 31), (100, 71), (200, 130), (200, 200)])
  func namesTheMinorThatFails(n: Int, order: Int) {
    var matrix = Self.identity(n)
    matrix[order - 1, order - 2] = 2
    matrix[order - 2, order - 1] = 2
    #expect(throws: LinAlgError.notPositiveDefinite(order: order)) {
      _ = try CholeskyFactor(matrix)
    }
  }

  @Test func refusesSingular() {
    let ones = Matrix<Double>(rows: 3, columns: 3, repeating: 1)
    #expect(throws: LinAlgError.notPositiveDefinite(order: 2)) { _ = try CholeskyFactor(ones) }
    let zero = Matrix<Float>(rows: 1, columns: 1)
    #expect(throws: LinAlgError.notPositiveDefinite(order: 1)) { _ = try CholeskyFactor(zero) }
  }

  @Test(arguments: [(0, 0), (2, 1), (3, 3)]) func refusesNaN(row: Int, column: Int) {
    var matrix = Self.identity(4)
    matrix[row, column] = .nan
    #expect(throws: LinAlgError.self) { _ = try CholeskyFactor(matrix) }
  }

  @Test func describesErrors() {
    #expect(
      LinAlgError.notPositiveDefinite(order: 3).description
        == "The leading minor of order 3 is not positive: the matrix is not positive definite")
  }
}

@Suite struct CholeskyFactorTrapTests {
  @Test func notSquare() async {
    await #expect(processExitsWith: .failure) {
      _ = try CholeskyFactor(Matrix<Double>(rows: 2, columns: 3, repeating: 1))
    }
  }

  @Test func wrongRightHandSide() async throws {
    await #expect(processExitsWith: .failure) {
      let factor = try CholeskyFactor(Matrix<Double>(rows: 1, columns: 1, repeating: 1))
      var x: [Double] = [1, 2]
      factor.solve(&x)
    }
  }
}
