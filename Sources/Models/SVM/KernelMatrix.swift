import LinAlg

/// All kernel values of n rows, for machines that share the rows.
struct KernelMatrix: Sendable {
  private let vectors: Int

  /// Row after row: k(x_i, x_t) is lane t mod 4 of `values[i · vectors + t / 4]`.
  private let values: [Quad]

  /// The kernel of n × d features.
  ///
  /// - Complexity: O(n²·d) and, for RBF, n² exponentials; n² numbers.
  init(_ kernel: KernelFunction, _ features: Matrix<Double>) {
    let (n, d) = (features.rows, features.columns)
    let vectors = (n + 3) / 4
    let points = kernel.prepared(features).elements
    var columns = [Quad](repeating: Quad(repeating: 0), count: vectors * d)
    for row in 0..<n {
      for j in 0..<d { columns[j * vectors + row / 4][row % 4] = points[row * d + j] }
    }
    var values = [Quad](repeating: Quad(repeating: 0), count: n * vectors)
    for row in 0..<n {
      kernel.write(
        points, at: row * d, columns, first: 0, stride: vectors, count: vectors, featureCount: d,
        into: &values, at: row * vectors)
    }
    (self.vectors, self.values) = (vectors, values)
  }

  /// Adds a multiple of a row.
  func add(_ row: Int, times factor: Double, to sums: inout [Quad]) {
    precondition(
      sums.count == vectors && (row + 1) * vectors <= values.count, "Row \(row) out of range")
    let (k, start, beta) = (values.span, row * vectors, Quad(repeating: factor))
    var output = sums.mutableSpan
    for q in output.indices {
      // Safe: the end was checked.
      unsafe output[unchecked: q] = output[unchecked: q].addingProduct(
        beta, k[unchecked: start &+ q])
    }
  }
}
