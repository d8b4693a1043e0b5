import LinAlg

/// Decision values of many support vectors, by products of matrices.
extension SupportVectorModel {
  /// Queries that are worked on at once.
  private static let querySize = 48

  /// Support vectors of a block: with 784 features they leave the second level of cache half empty.
  private static let blockSize = 512

  /// Decision values; nil where numbers are too large for products.
  ///
  /// Numerics: kernel values have a relative error of 1e-12 where ‖f·x‖² is below 1e3, and one of ε
  /// times it beyond.
  func largeDecisionValues(_ queries: Matrix<Double>, threads: Int) -> Matrix<Double>? {
    switch kernel {
    case .linear: linearDecisionValues(queries, threads: threads)
    case .rbf(let gamma): gaussianDecisionValues(queries, gamma, threads: threads)
    }
  }

  /// f = Xw + b of each machine, with w = Σ β_s x_s.
  private func linearDecisionValues(_ queries: Matrix<Double>, threads: Int) -> Matrix<Double> {
    let d = queries.columns
    var weights = Matrix<Double>(rows: machines.count, columns: d)
    BLAS.gemm(coefficients(0..<supportVectors.rows), supportVectors, into: &weights)
    return byBlocks(queries, threads: threads) { [weights] rows, values in
      let block = Matrix(
        rows: rows.count, columns: d,
        elements: Array(queries.elements[rows.lowerBound * d..<rows.upperBound * d]))
      BLAS.gemm(block, weights, transposeB: true, beta: 1, into: &values)
    }
  }

  private func gaussianDecisionValues(
    _ queries: Matrix<Double>, _ gamma: Double, threads: Int
  ) -> Matrix<Double>? {
    let factor = kernel.featureFactor
    let center = supportVectors.columnMeans(threads: threads)
    let largest = max(
      KernelBlocks.largestSquare(supportVectors, center, threads),
      KernelBlocks.largestSquare(queries, center, threads))
    guard largest * factor * factor <= KernelBlocks.doubleLimit else { return nil }
    let count = (supportVectors.rows + Self.blockSize - 1) / Self.blockSize
    let blocks = Parallel.map(count, threads: threads) { block in
      let start = block * Self.blockSize
      let rows = start..<min(start + Self.blockSize, supportVectors.rows)
      let panels = DoublePanels(
        supportVectors, rows: Array(rows), center: center, factor: factor)
      return (panels, coefficients(rows, filledTo: panels.panelCount * DoublePanels.width))
    }
    return byBlocks(queries, threads: threads) { rows, values in
      let some = PanelQueries<Double>(
        queries, rows: Array(rows), center: center, factor: factor)
      for (panels, coefficients) in blocks {
        BLAS.gemm(
          panels.gaussians(some), coefficients, transposeB: true, beta: 1, into: &values)
      }
    }
  }

  /// β of each machine for some support vectors, machines × vectors.
  private func coefficients(_ vectors: Range<Int>, filledTo width: Int? = nil) -> Matrix<Double> {
    let filler = [Double](repeating: 0, count: (width ?? vectors.count) - vectors.count)
    return Matrix(
      rows: machines.count, columns: vectors.count + filler.count,
      elements: machines.flatMap { $0.coefficients[vectors] + filler })
  }

  /// Adds to the intercepts of a few rows at a time.
  private func byBlocks(
    _ queries: Matrix<Double>, threads: Int,
    _ add: @Sendable (Range<Int>, inout Matrix<Double>) -> Void
  ) -> Matrix<Double> {
    let (size, intercepts) = (Self.querySize, machines.map(\.intercept))
    let values = Parallel.map((queries.rows + size - 1) / size, threads: threads) { block in
      let rows = block * size..<min((block + 1) * size, queries.rows)
      var values = Matrix(
        rows: rows.count, columns: machines.count, elements: rows.flatMap { _ in intercepts })
      add(rows, &values)
      return values.elements
    }
    return Matrix(
      rows: queries.rows, columns: machines.count, elements: values.flatMap { $0 })
  }
}
