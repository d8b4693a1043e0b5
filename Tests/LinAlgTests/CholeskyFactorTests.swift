import LinAlg
import TestSupport
import Testing

@Suite struct CholeskyFactorTests {
  static let sizes = [1, 2, 7, 8, 9, 31, 33, 100, 200]

  /// A positive definite matrix: BBᵀ/n + I.
  private static func positiveDefinite(_ n: Int) -> Matrix<Double> {
    var matrix = identity(n)
    BLAS.syrk(
      normalMatrix(n, n, seed: 1), outer: true, alpha: 1 / Double(n), beta: 1, into: &matrix)
    return matrix
  }

  private static func identity(_ n: Int) -> Matrix<Double> {
    var matrix = Matrix<Double>(rows: n, columns: n)
    for index in 0..<n { matrix[index, index] = 1 }
    return matrix
  }

  /// LLᵀx = b, for as many right-hand sides as show LLᵀ = A.
  @Test(arguments: sizes) func solutionHasSmallResidual(n: Int) throws {
    let a = Self.positiveDefinite(n)
    let factor = try CholeskyFactor(a)
    let largest = (0..<n).map { a[$0, $0] }.max() ?? 0
    for column in 0..<min(n, 10) {
      let b = normalArray(n, seed: UInt32(column))
      var x = b
      factor.solve(&x)
      let product = (0..<n).map { row in
        (0..<n).reduce(0.0) { $0 + a[row, $1] * x[$1] }
      }
      // |b − Ax| ≤ (3n + 1)·ε/2·|L||Lᵀ||x| (Higham, Accuracy and Stability, theorem 10.4), and
      // (|L||Lᵀ|)ᵢⱼ ≤ max aᵢᵢ by Cauchy and Schwarz; the product above errs by a third of that.
      let size = x.reduce(0.0) { $0 + abs($1) }
      let bound = Double(3 * n + 1) * Double.ulpOfOne * largest * size
      expectClose(
        b, product, within: Array(repeating: bound, count: n), "residual of \(n) equations")
    }
  }

  @Test func readsTheLowerTriangleOnly() throws {
    let n = 33
    let matrix = Self.positiveDefinite(n)
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
  }

  @Test func noEquations() throws {
    let factor = try CholeskyFactor(Matrix<Double>(rows: 0, columns: 0))
    var x: [Double] = []
    factor.solve(&x)
    #expect(x.isEmpty)
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
    let zero = Matrix<Double>(rows: 1, columns: 1)
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
