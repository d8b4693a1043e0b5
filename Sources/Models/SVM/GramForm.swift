import LinAlg

/// The linear kernel XXᵀ of rows about as many as their features, formed once.
///
/// A set then reads its values and adds columns of n numbers, where `LinearForm` multiplies rows of d.
struct GramForm: QuadraticForm {
  let parts: [Range<Int>]
  private let products: Matrix<Double>

  private static let partSize = 1_024

  /// What is known costs nothing, and fewer steps are left where a set has more to choose from: at 1,600 × 784
  /// with a tenth of the labels wrong a third of those that sets of 128 take, in 40 % of the processor time.
  static let setSize = 512

  /// The most rows for each feature: XXᵀ takes three times the memory of X then.
  private static let rowsForEachFeature = 3

  /// The most rows, whose products take 134 MB.
  private static let mostRows = 4_096

  /// The fewest features, an estimate.
  ///
  /// Of fewer, a pass over n × d costs less than adding columns of a set.
  private static let fewestFeatures = 128

  /// Whether it pays to form the products of n × d features.
  ///
  /// It depends on nothing else, so bits do not, either.
  static func pays(_ n: Int, _ d: Int) -> Bool {
    d >= fewestFeatures && n <= min(rowsForEachFeature * d, mostRows)
  }

  /// The rows of n × d features.
  init(_ features: Matrix<Double>) {
    let n = features.rows
    var products = Matrix<Double>(rows: n, columns: n)
    BLAS.syrk(features, outer: true, into: &products)
    self.products = products
    parts = stride(from: 0, to: n, by: Self.partSize).map { $0..<min($0 + Self.partSize, n) }
  }

  func columns(_ rows: [Int], threads: Int) -> [Int] { rows }

  func square(_ rows: [Int], _: [Int]) -> [Quad] {
    let n = products.rows
    precondition(rows.allSatisfy { $0 >= 0 && $0 < n }, "A row outside 0..<\(n)")
    let vectors = (rows.count + 3) / 4
    // The last row fills up the last vector: what stands beyond the count is not read.
    let filled = rows + Array(repeating: rows.last ?? 0, count: 4 * vectors - rows.count)
    var values = [Quad](repeating: Quad(repeating: 0), count: rows.count * vectors)
    let (k, columns) = (products.elements.span, filled.span)
    var output = values.mutableSpan
    // Safe: rows were checked, and there are as many vectors as are written.
    for index in rows.indices {
      let start = rows[index] &* n
      for vector in 0..<vectors {
        let place = 4 &* vector
        unsafe output[unchecked: index &* vectors &+ vector] = Quad(
          k[unchecked: start &+ columns[unchecked: place]],
          k[unchecked: start &+ columns[unchecked: place &+ 1]],
          k[unchecked: start &+ columns[unchecked: place &+ 2]],
          k[unchecked: start &+ columns[unchecked: place &+ 3]])
      }
    }
    return values
  }

  func change(_ rows: [Int], _: [Int], factors: [Double]) -> [(row: Int, factor: Double)] {
    zip(rows, factors).filter { $0.1 != 0 }.map { (row: $0.0, factor: $0.1) }
  }

  func add(_ change: [(row: Int, factor: Double)], part: Int, to sums: inout [Double]) {
    var added = [Double](repeating: 0, count: parts[part].count)
    for (row, factor) in change {
      products.withRow(row) { BLAS.axpy(factor, $0.extracting(parts[part]), into: &added) }
    }
    for index in added.indices { sums[index] += added[index] }
  }
}
