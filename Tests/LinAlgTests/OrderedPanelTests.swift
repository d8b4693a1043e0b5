import LinAlg
import TestSupport
import Testing

/// Sums in the order of rows, against plain loops, bit by bit.
struct OrderedPanelTests {
  private static let sizes = [1, 2, 7, 8, 9, 15, 16, 17, 65]

  private static func matrix(_ rows: Int, _ columns: Int, seed: UInt32) -> Matrix<Double> {
    normalMatrix(rows, columns, seed: seed)
  }

  private static func panels(_ matrix: Matrix<Double>) -> OrderedPanels {
    var panels = OrderedPanels(rowCount: matrix.rows, columnCount: matrix.columns)
    // Rows and columns in turn, which are the same in the end.
    for k in 0..<matrix.rows { panels.setRow(k) { matrix[k, $0] } }
    for j in 0..<matrix.columns where j % 2 == 0 { panels.setColumn(j) { matrix[$0, j] } }
    return panels
  }

  @Test(arguments: sizes, [1, 3, 255, 256, 257, 520])
  func productsHaveTheBitsOfPlainLoops(_ columns: Int, _ rows: Int) {
    let (a, b) = (Self.matrix(rows, columns, seed: 1), Self.matrix(rows, columns + 3, seed: 2))
    let (left, right) = (Self.panels(a), Self.panels(b))
    let used = rows / 3..<rows
    for isSubtracted in [false, true] {
      for panel in 0..<right.panelCount {
        var sums = (0..<left.panelCount * 64).map { Double($0) / 7 }
        let before = sums
        OrderedPanels.accumulate(
          left, panels: 0..<left.panelCount, right, panels: panel..<panel + 1, rows: used,
          isSubtracted: isSubtracted, into: &sums)
        for i in 0..<columns {
          for j in panel * 8..<min(panel * 8 + 8, columns + 3) {
            var sum = before[i * 8 + j - panel * 8]
            for k in used {
              let product = a[k, i] * b[k, j]
              sum = isSubtracted ? sum - product : sum + product
            }
            #expect(sums[i * 8 + j - panel * 8].bitPattern == sum.bitPattern, "\(i), \(j)")
          }
        }
      }
    }
  }

  @Test(arguments: sizes, [1, 300])
  func productsOfColumnsHaveTheBitsOfPlainLoops(_ d: Int, _ n: Int) {
    let x = Self.matrix(n, d, seed: 6)
    let products = Self.panels(x).products
    for j in 0..<d {
      for k in 0..<d {
        var sum = 0.0
        for row in 0..<n { sum += x[row, j] * x[row, k] }
        #expect(products[j, k].bitPattern == sum.bitPattern, "\(j), \(k) of \(d)")
      }
    }
  }

  @Test(arguments: sizes)
  func factorsHaveTheBitsOfPlainLoops(_ d: Int) throws {
    let x = Self.matrix(d + 5, d, seed: 3)
    var a = Matrix<Double>(rows: d, columns: d)
    BLAS.syrk(x, into: &a)
    let lower = try #require(Self.cholesky(a, tolerance: 1e-12))
    let factor = try #require(OrderedFactor(a, tolerance: 1e-12))
    #expect(factor.diagonal == (0..<d).map { lower[$0, $0] })
    let w = Self.inverse(lower)
    let points = Self.matrix(67, d, seed: 4)
    let mean = (0..<d).map { Double($0) / 10 }
    let lengths = factor.inverse.squaredLengths(of: points, from: mean)
    for row in 0..<points.rows {
      var total = 0.0
      for j in 0..<d {
        var z = 0.0
        for k in 0...j { z += w[j, k] * (points[row, k] - mean[k]) }
        total += z * z
      }
      #expect(lengths[row].bitPattern == total.bitPattern, "row \(row) of order \(d)")
    }
    #expect(factor.inverse.squaredLengths(of: Matrix(rows: 0, columns: d), from: mean).isEmpty)
  }

  @Test func whatIsSingularHasNoFactor() {
    // The last column is the sum of the others.
    for d in [2, 9, 40] {
      var x = Self.matrix(3 * d, d, seed: 5)
      for row in 0..<x.rows { x[row, d - 1] = (0..<d - 1).reduce(0) { $0 + x[row, $1] } }
      var a = Matrix<Double>(rows: d, columns: d)
      BLAS.syrk(x, into: &a)
      #expect(OrderedFactor(a, tolerance: 1e-12) == nil, "order \(d)")
      a[d / 2, d / 2] = .nan
      #expect(OrderedFactor(a, tolerance: 1e-12) == nil, "order \(d)")
    }
  }

  // MARK: - Plain loops

  private static func cholesky(_ matrix: Matrix<Double>, tolerance: Double) -> Matrix<Double>? {
    let d = matrix.rows
    var lower = matrix
    for j in 0..<d {
      var pivot = lower[j, j]
      for k in 0..<j { pivot -= lower[j, k] * lower[j, k] }
      guard pivot > tolerance * matrix[j, j], pivot.isFinite else { return nil }
      lower[j, j] = pivot.squareRoot()
      for i in j + 1..<max(d, j + 1) {
        var value = lower[i, j]
        for k in 0..<j { value -= lower[i, k] * lower[j, k] }
        lower[i, j] = value / lower[j, j]
      }
    }
    return lower
  }

  private static func inverse(_ lower: Matrix<Double>) -> Matrix<Double> {
    let d = lower.rows
    var result = Matrix<Double>(rows: d, columns: d)
    for column in 0..<d {
      result[column, column] = 1 / lower[column, column]
      for i in column + 1..<max(d, column + 1) {
        var value = 0.0
        for k in column..<i { value -= lower[i, k] * result[k, column] }
        result[i, column] = value / lower[i, i]
      }
    }
    return result
  }
}
