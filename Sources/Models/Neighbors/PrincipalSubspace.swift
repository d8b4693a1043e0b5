import LinAlg

/// The directions in which points spread widest, and the coordinates of points along them.
///
/// With P of orthonormal rows, the coordinates Px and what they leave, ρ(x) = ‖x − PᵀPx‖, are a vector as
/// long as x, and
///
///     ‖P(x − y)‖² + (ρ(x) − ρ(y))² ≤ ‖x − y‖²
///
/// because the remainders of x and y differ by no less than their lengths do. The bound is the closer the
/// more of the spread the directions hold; it holds for any.
///
/// In floating point PPᵀ is off from 1 by less than 10⁻¹², so coordinates by less than 10⁻¹²·‖x‖, ρ by less than
/// 3·10⁻⁶·‖x‖, and the bound by less than 10⁻⁵·(‖x‖² + ‖y‖²): from 16 columns on no more than the margin of
/// estimates of half as many coordinates leaves.
struct PrincipalSubspace: Sendable {
  /// P, one row a direction.
  private let directions: Matrix<Double>
  private let center: [Double]
  private let factor: Double

  /// Numbers of a point: its coordinates and ρ.
  var width: Int { directions.rows + 1 }

  /// Points that directions are found from.
  private static let sampleSize = 1_024

  /// Finds `count` directions, or as many as points spread in; nil if there is none.
  ///
  /// Points are (x − center)·factor. Directions come from two steps of subspace iteration on a sample.
  init?(_ points: Matrix<Double>, center: [Double], factor: Double, count: Int) {
    (self.center, self.factor) = (center, factor)
    let (n, d) = (points.rows, points.columns)
    var stream = RandomStream(purpose: .principalStart, seed: 0)
    let rows = min(n, Self.sampleSize)
    let sample = Self.centered(
      points,
      (0..<rows).map {
        n <= rows ? $0 : min($0 * n / rows + stream.integer(below: n / rows), n - 1)
      },
      center, factor)
    var found = Matrix(
      rows: count, columns: d, elements: (0..<count * d).map { _ in stream.normal() })
    for _ in 0..<2 {
      var products = Matrix<Double>(rows: rows, columns: found.rows)
      BLAS.gemm(sample, found, transposeB: true, into: &products)
      var next = Matrix<Double>(rows: found.rows, columns: d)
      BLAS.gemm(products, transposeA: true, sample, into: &next)
      found = Self.orthonormal(next)
      if found.rows == 0 { return nil }
    }
    guard Self.areOrthonormal(found) else { return nil }
    directions = found
  }

  /// The coordinates of all rows and their ρ, rows × `width`.
  func coordinates(_ matrix: Matrix<Double>, threads: Int) -> Matrix<Double> {
    let size = 1_024
    let parts = Parallel.map((matrix.rows + size - 1) / size, threads: threads) { part in
      coordinates(matrix, part * size..<min((part + 1) * size, matrix.rows))
    }
    return Matrix(rows: matrix.rows, columns: width, elements: parts.flatMap { $0 })
  }

  private func coordinates(_ matrix: Matrix<Double>, _ rows: Range<Int>) -> [Double] {
    let x = Self.centered(matrix, Array(rows), center, factor)
    var products = Matrix<Double>(rows: rows.count, columns: directions.rows)
    BLAS.gemm(x, directions, transposeB: true, into: &products)
    var result: [Double] = []
    result.reserveCapacity(rows.count * width)
    for row in 0..<rows.count {
      let whole = x.withRow(row) { BLAS.dot($0, $0) }
      let held = products.withRow(row) { BLAS.dot($0, $0) }
      products.withRow(row) { for index in $0.indices { result.append($0[index]) } }
      result.append(max(whole - held, 0).squareRoot())
    }
    return result
  }

  private static func centered(
    _ matrix: Matrix<Double>, _ rows: [Int], _ center: [Double], _ factor: Double
  ) -> Matrix<Double> {
    let d = matrix.columns
    var elements: [Double] = []
    elements.reserveCapacity(rows.count * d)
    let (x, c) = (matrix.elements.span, center.span)
    for row in rows {
      for j in 0..<d { elements.append((x[row * d + j] - c[j]) * factor) }
    }
    return Matrix(rows: rows.count, columns: d, elements: elements)
  }

  /// Rows made orthonormal one after the other, twice each; those that add nothing are left out.
  private static func orthonormal(_ matrix: Matrix<Double>) -> Matrix<Double> {
    var rows: [[Double]] = []
    for index in 0..<matrix.rows {
      var row = matrix.withRow(index) { span in span.indices.map { span[$0] } }
      let before = BLAS.nrm2(row.span)
      for _ in 0..<2 {
        for other in rows { BLAS.axpy(-BLAS.dot(other.span, row.span), other.span, into: &row) }
      }
      let norm = BLAS.nrm2(row.span)
      guard norm > 1e-8 * before, norm.isFinite else { continue }
      rows.append(row.map { $0 / norm })
    }
    return Matrix(rows: rows.count, columns: matrix.columns, elements: rows.flatMap { $0 })
  }

  private static func areOrthonormal(_ matrix: Matrix<Double>) -> Bool {
    var gram = Matrix<Double>(rows: matrix.rows, columns: matrix.rows)
    BLAS.gemm(matrix, matrix, transposeB: true, into: &gram)
    return (0..<gram.rows).allSatisfy { i in
      (0..<gram.rows).allSatisfy { j in
        abs(gram[i, j] - (i == j ? 1 : 0)) <= 1e-12 / Double(gram.rows)
      }
    }
  }
}
