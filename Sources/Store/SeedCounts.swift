package import LinAlg
package import Statistics

/// Right predictions of every cell under every seed, in groups of seeds that are resampled together.
///
/// Up to 2,048 seeds each is a group of its own; of more, every 2,048th is in one, so that memory does not
/// grow with their number. Groups of independent seeds are as independent as seeds.
public struct SeedCounts: Sendable {
  static let groupLimit = 2_048

  /// Right predictions, one row a group and one column a cell.
  let sums: Matrix<Double>

  /// Validation rows judged in each group.
  let totals: [Double]

  /// Number of seeds.
  public let seedCount: Int

  /// Groups counts: one array a cell, one number a seed; empty for a cell that was not fitted.
  ///
  /// - Precondition: Cells that were fitted have as many seeds.
  public init(_ columns: [[Int]], validationCount: Int) {
    seedCount = columns.map(\.count).max() ?? 0
    let groups = min(seedCount, Self.groupLimit)
    var sums = Matrix<Double>(rows: groups, columns: columns.count)
    var totals = [Double](repeating: 0, count: groups)
    for seed in 0..<seedCount { totals[seed % groups] += Double(validationCount) }
    for (cell, counts) in columns.enumerated() {
      precondition(
        counts.isEmpty || counts.count == seedCount, "\(counts.count) of \(seedCount) seeds")
      if counts.isEmpty {
        for group in 0..<groups { sums[group, cell] = .nan }
      }
      for (seed, count) in counts.enumerated() { sums[seed % groups, cell] += Double(count) }
    }
    (self.sums, self.totals) = (sums, totals)
  }

  /// Mean accuracy of each cell.
  package var means: [Double] {
    let total = totals.reduce(0, +)
    return (0..<sums.columns).map { cell in
      var sum = 0.0
      for group in 0..<sums.rows { sum += sums[group, cell] }
      return sum / total
    }
  }

  /// The accuracy of a cell less that of another, group by group.
  package func difference(_ a: Int, _ b: Int) -> RunningMoments {
    var moments = RunningMoments()
    for group in totals.indices { moments.add((sums[group, a] - sums[group, b]) / totals[group]) }
    return moments
  }

  /// Mean accuracies of all cells on resamples of the groups, one row a resample.
  ///
  /// A resample takes the same groups in every cell, so differences of cells stay paired. Sums are of whole
  /// numbers below 2⁵³: exact, in any order.
  package func resampled(_ count: Int, key: RandomKey, threads: Int) -> Matrix<Double> {
    let (groups, cells) = (sums.rows, sums.columns)
    let chunk = 128
    let parts = Parallel.map((count + chunk - 1) / chunk, threads: threads) { part -> [Double] in
      let size = min(chunk, count - part * chunk)
      var weights = Matrix<Double>(rows: size, columns: groups)
      var scales = [Double](repeating: 0, count: size)
      for row in 0..<size {
        var stream = RandomStream(
          key: key, purpose: .bootstrap, seed: 0, row: part * chunk + row)
        for _ in 0..<groups {
          let group = stream.integer(below: groups)
          weights[row, group] += 1
          scales[row] += totals[group]
        }
      }
      var products = Matrix<Double>(rows: size, columns: cells)
      BLAS.gemm(weights, sums, into: &products)
      return (0..<size).flatMap { row in (0..<cells).map { products[row, $0] / scales[row] } }
    }
    return Matrix(rows: count, columns: cells, elements: parts.flatMap { $0 })
  }
}
