import LinAlg
import TestSupport
import Testing

/// Level 3 against plain loops in Double.
///
/// Bounds: an inner product of n terms in any order, scaled and added to βc, errs by at most
/// (n + 3)·ε/2·(|α|·Σ|xy| + |βc|) to first order; the loop errs as much at most, so the sum has ε.
@Suite struct BLASMatrixTests {
  /// Scales (α, β); with β = 0 the output starts as NaN, which must not survive.
  static let scales: [(alpha: Double, beta: Double)] = [(1, 0), (-0.5, 1), (2, -1.5), (0, 0.5)]

  struct Product: Sendable, CustomTestStringConvertible {
    let m, inner, n: Int
    let transposeA, transposeB: Bool

    var testDescription: String {
      "\(m) × \(inner)\(transposeA ? "ᵀ" : "") by \(inner) × \(n)\(transposeB ? "ᵀ" : "")"
    }

    static let all: [Product] = {
      let squares = [0, 1, 7, 8, 9, 31, 33, 100].map { ($0, $0, $0) }
      let rectangles = [
        (1, 9, 33), (33, 1, 8), (7, 100, 9), (100, 7, 31), (1, 100, 1), (0, 5, 3), (5, 0, 3),
        (5, 3, 0),
      ]
      return (squares + rectangles).flatMap { m, inner, n in
        [(false, false), (false, true), (true, false), (true, true)].map {
          Product(m: m, inner: inner, n: n, transposeA: $0, transposeB: $1)
        }
      }
    }()
  }

  @Test(arguments: Product.all, Precision.allCases)
  func matrixProduct(_ product: Product, precision: Precision) {
    switch precision {
    case .single: checkProduct(product, of: Float.self)
    case .double: checkProduct(product, of: Double.self)
    }
  }

  private func checkProduct<Scalar: BLASScalar>(_ product: Product, of type: Scalar.Type) {
    let (m, inner, n) = (product.m, product.inner, product.n)
    let opA = normalMatrix(m, inner, seed: 1, of: type)
    let opB = normalMatrix(inner, n, seed: 2, of: type)
    for (alpha, beta) in Self.scales {
      let start =
        beta == 0
        ? Matrix<Scalar>(rows: m, columns: n, repeating: .nan)
        : normalMatrix(m, n, seed: 3, of: type)
      var c = start
      BLAS.gemm(
        product.transposeA ? opA.transposed() : opA, transposeA: product.transposeA,
        product.transposeB ? opB.transposed() : opB, transposeB: product.transposeB,
        alpha: Scalar(alpha), beta: Scalar(beta), into: &c)
      expectProduct(c, alpha, opA, opB, beta, start)
    }
  }

  /// Checks `actual` against α·A·B + β·`start`.
  private func expectProduct<Scalar: BLASScalar>(
    _ actual: Matrix<Scalar>, _ alpha: Double, _ a: Matrix<Scalar>, _ b: Matrix<Scalar>,
    _ beta: Double, _ start: Matrix<Scalar>, sourceLocation: SourceLocation = #_sourceLocation
  ) {
    let (m, inner, n) = (a.rows, a.columns, b.columns)
    let (x, y) = (a.elements.map { Double($0) }, b.transposed().elements.map { Double($0) })
    var expected: [Double] = []
    var bounds: [Double] = []
    for row in 0..<m {
      for column in 0..<n {
        var (sum, size) = (0.0, 0.0)
        for k in 0..<inner {
          let term = x[row * inner + k] * y[column * inner + k]
          sum += term
          size += abs(term)
        }
        let rest = beta == 0 ? 0 : beta * Double(start[row, column])
        expected.append(alpha * sum + rest)
        bounds.append(
          Double(inner + 3) * Double(Scalar.ulpOfOne) * (abs(alpha) * size + abs(rest)))
      }
    }
    expectClose(
      actual.elements, expected, within: bounds,
      "\(m) × \(inner) by \(inner) × \(n), α = \(alpha), β = \(beta)",
      sourceLocation: sourceLocation)
  }

  static let shapes = [
    (0, 0), (1, 1), (7, 7), (8, 8), (9, 9), (31, 31), (33, 33), (100, 100), (1, 33), (33, 1),
    (9, 100), (100, 7), (0, 5), (5, 0),
  ]

  @Test(arguments: shapes) func productWithOwnTranspose(rows: Int, columns: Int) {
    let a = normalMatrix(rows, columns, seed: 4)
    for outer in [false, true] {
      let (left, right) = outer ? (a, a.transposed()) : (a.transposed(), a)
      let size = left.rows
      for (alpha, beta) in Self.scales {
        var start = Matrix<Double>(rows: size, columns: size, repeating: .nan)
        if beta != 0 {
          let draws = normalMatrix(size, size, seed: 5)
          for row in 0..<size {
            for column in 0..<size {
              start[row, column] = draws[max(row, column), min(row, column)]
            }
          }
        }
        var c = start
        BLAS.syrk(a, outer: outer, alpha: alpha, beta: beta, into: &c)
        expectProduct(c, alpha, left, right, beta, start)
        #expect(c == c.transposed(), "\(rows) × \(columns), outer \(outer): not symmetric")
      }
    }
  }
}

@Suite struct BLASMatrixTrapTests {
  @Test func gemmOfUnequalInnerSizes() async {
    await #expect(processExitsWith: .failure) {
      var c = Matrix<Double>(rows: 2, columns: 4)
      BLAS.gemm(
        Matrix<Double>(rows: 2, columns: 3), Matrix<Double>(rows: 2, columns: 4), into: &c)
    }
  }

  @Test func gemmIntoWrongShape() async {
    await #expect(processExitsWith: .failure) {
      var c = Matrix<Double>(rows: 4, columns: 2)
      BLAS.gemm(
        Matrix<Double>(rows: 2, columns: 3), Matrix<Double>(rows: 3, columns: 4), into: &c)
    }
  }

  @Test func syrkIntoWrongShape() async {
    await #expect(processExitsWith: .failure) {
      var c = Matrix<Double>(rows: 2, columns: 2)
      BLAS.syrk(Matrix<Double>(rows: 2, columns: 3), into: &c)
    }
  }
}
