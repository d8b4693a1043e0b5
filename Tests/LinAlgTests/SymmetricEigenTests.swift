import Foundation
import LinAlg
import TestSupport
import Testing

@Suite struct SymmetricEigenTests {
  static let sizes = [1, 2, 7, 8, 9, 31, 33, 100]

  private static func symmetric(_ n: Int) -> Matrix<Double> {
    let draws = normalMatrix(n, n, seed: 1)
    var matrix = draws
    for row in 0..<n {
      for column in row + 1..<n { matrix[row, column] = draws[column, row] }
    }
    return matrix
  }

  @Test(arguments: sizes) func decomposes(n: Int) throws {
    try checkDecomposition(Self.symmetric(n))
  }

  /// Equal eigenvalues, where any orthonormal basis will do.
  @Test(arguments: [1.0, 0, -3]) func decomposesMultiplesOfTheIdentity(value: Double) throws {
    var matrix = Matrix<Double>(rows: 9, columns: 9)
    for index in 0..<9 { matrix[index, index] = value }
    try checkDecomposition(matrix)
    #expect(try SymmetricEigen(matrix).values == Array(repeating: value, count: 9))
  }

  /// A = V·diag(λ)·Vᵀ, VᵀV = I, λ ascending.
  private func checkDecomposition(_ a: Matrix<Double>) throws {
    let n = a.rows
    let eigen = try SymmetricEigen(a)
    #expect(eigen.values.count == n)
    #expect(eigen.values == eigen.values.sorted())

    let (v, values) = (eigen.vectors.elements, eigen.values)
    var rebuilt: [Double] = []
    var gram: [Double] = []
    for row in 0..<n {
      for column in 0..<n {
        rebuilt.append(
          (0..<n).reduce(0.0) { $0 + v[row * n + $1] * values[$1] * v[column * n + $1] })
        gram.append((0..<n).reduce(0.0) { $0 + v[$1 * n + row] * v[$1 * n + column] })
      }
    }
    // LAPACK's own tests accept residuals of 50·n·ε·‖A‖; a sound build stays far below 10.
    let epsilon = Double.ulpOfOne
    let norm = a.elements.reduce(0.0) { $0 + $1 * $1 }.squareRoot()
    expectClose(
      a.elements, rebuilt, within: Array(repeating: 10 * Double(n) * epsilon * norm, count: n * n),
      "V·diag(λ)·Vᵀ of size \(n)")
    let identity = (0..<n * n).map { $0 % (n + 1) == 0 ? 1.0 : 0 }
    expectClose(
      identity, gram, within: Array(repeating: 10 * Double(n) * epsilon, count: n * n),
      "VᵀV of size \(n)")
  }

  /// 2 on the diagonal, −1 beside it: λₖ = 2 − 2 cos(kπ/(n + 1)).
  @Test(arguments: sizes) func spectrumOfSecondDifferences(n: Int) throws {
    var matrix = Matrix<Double>(rows: n, columns: n)
    for index in 0..<n {
      matrix[index, index] = 2
      if index > 0 { matrix[index, index - 1] = -1 }
    }
    // As 4 sin²(kπ/(2n + 2)), which loses nothing where the eigenvalue is small.
    let expected = (1...n).map { k in
      4 * pow(sin(Double(k) * .pi / Double(2 * n + 2)), 2)
    }
    // n·ε·‖A‖₂ with ‖A‖₂ < 4, as the type promises.
    let bound = Double(n) * Double.ulpOfOne * 4
    expectClose(
      try SymmetricEigen(matrix).values, expected,
      within: Array(repeating: bound, count: n), "second differences of size \(n)")
  }

  @Test func readsTheLowerTriangleOnly() throws {
    let n = 33
    let matrix = Self.symmetric(n)
    var spoilt = matrix
    for row in 0..<n {
      for column in row + 1..<n { spoilt[row, column] = .nan }
    }
    let (eigen, other) = (try SymmetricEigen(matrix), try SymmetricEigen(spoilt))
    #expect(eigen.values == other.values)
    #expect(eigen.vectors == other.vectors)
  }

  @Test func vectorsAreColumns() throws {
    // diag(3, 1, 2): the eigenvector of 1 is the second unit vector, and so on around.
    let eigen = try SymmetricEigen(
      Matrix<Double>(rows: 3, columns: 3, elements: [3, 0, 0, 0, 1, 0, 0, 0, 2]))
    #expect(eigen.values == [1, 2, 3])
    #expect(eigen.vectors.elements.map(abs) == [0, 0, 1, 1, 0, 0, 0, 1, 0])
  }

  @Test func oneByOne() throws {
    let eigen = try SymmetricEigen(Matrix<Double>(rows: 1, columns: 1, elements: [-3]))
    #expect(eigen.values == [-3])
    #expect(abs(eigen.vectors[0, 0]) == 1)
  }

  @Test func empty() throws {
    let eigen = try SymmetricEigen(Matrix<Double>(rows: 0, columns: 0))
    #expect(eigen.values.isEmpty)
    #expect(eigen.vectors == Matrix(rows: 0, columns: 0))
  }

  @Test(arguments: [1, 2, 4, 40], [Double.nan, .infinity, -.infinity])
  func refusesWhatIsNotFinite(n: Int, value: Double) {
    for row in [0, n - 1] {
      for column in [0, row] {
        var matrix = Self.symmetric(n)
        matrix[row, column] = value
        #expect(throws: LinAlgError.self, "\(value) at (\(row), \(column)) of \(n)") {
          _ = try SymmetricEigen(matrix)
        }
      }
    }
  }

  @Test func describesErrors() {
    #expect(
      LinAlgError.eigenvaluesNotConverged(count: 2).description
        == "2 off-diagonal elements of the tridiagonal form did not converge to zero")
  }
}

@Suite struct SymmetricEigenTrapTests {
  @Test func notSquare() async {
    await #expect(processExitsWith: .failure) {
      _ = try SymmetricEigen(Matrix<Double>(rows: 2, columns: 3, repeating: 1))
    }
  }
}
