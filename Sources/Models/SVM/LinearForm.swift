import LinAlg

/// The linear kernel XXᵀ of rows, which is never formed: a change of β changes w = Xᵀβ, and that Xw.
struct LinearForm: QuadraticForm {
  let parts: [Range<Int>]
  private let features: Matrix<Double>
  /// The rows of each part as columns.
  private let columnsOfParts: [Matrix<Double>]

  private static let partSize = 1_024

  /// The rows of n × d features.
  init(_ features: Matrix<Double>, threads: Int) {
    let n = features.rows
    let parts = stride(from: 0, to: n, by: Self.partSize).map { $0..<min($0 + Self.partSize, n) }
    self.features = features
    self.parts = parts
    columnsOfParts = Parallel.map(parts.count, threads: threads) { part in
      features.selectingRows(Array(parts[part])).transposed()
    }
  }

  func columns(_ rows: [Int], threads: Int) -> Matrix<Double> { features.selectingRows(rows) }

  func square(_ rows: [Int], _ columns: Matrix<Double>) -> [Quad] {
    let (count, vectors) = (rows.count, (rows.count + 3) / 4)
    var products = Matrix<Double>(rows: count, columns: count)
    BLAS.syrk(columns, outer: true, into: &products)
    var values = [Quad](repeating: Quad(repeating: 0), count: count * vectors)
    for row in 0..<count {
      for column in 0..<count {
        values[row * vectors + column / 4][column % 4] = products.elements[row * count + column]
      }
    }
    return values
  }

  /// The change of w.
  func change(_ rows: [Int], _ columns: Matrix<Double>, factors: [Double]) -> [Double] {
    var weights = [Double](repeating: 0, count: features.columns)
    for (index, factor) in factors.enumerated() where factor != 0 {
      columns.withRow(index) { BLAS.axpy(factor, $0, into: &weights) }
    }
    return weights
  }

  func add(_ change: [Double], part: Int, to sums: inout [Double]) {
    var products = [Double](repeating: 0, count: parts[part].count)
    Lanes.products(of: change.span, withColumnsOf: columnsOfParts[part], into: &products)
    for index in products.indices { sums[index] += products[index] }
  }
}
