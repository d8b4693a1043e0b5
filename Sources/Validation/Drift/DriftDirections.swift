import LinAlg

/// Directions through the points of a table along which two parts of it are compared.
///
/// What changes between columns, as when one is a sum of others no more, changes the spread along some
/// direction most: the axes of the correlations, narrow ones too, and random directions where all axes
/// are equally long. They come from both parts together, so which part a row is in has no say in them.
///
/// Source: Cramér, Wold, "Some theorems on distribution functions", Journal of the London Mathematical
/// Society 11 (1936): two distributions are one when they are along every direction.
enum DriftDirections {
  /// Random directions besides the axes.
  static let randomCount = 16

  /// More columns have no axes; they would take O(d³).
  static let axisLimit = 200

  /// Products of sizes from which the limiting distribution of D is good enough, as there are many.
  static let exactLimit = 10_000

  /// The coordinates of all rows along each direction; `columns` are of the same rows.
  ///
  /// - Complexity: O(n·d²) time for n rows of d columns, O(n·d) memory.
  static func projected(_ columns: [[Double]], key: RandomKey, seed: UInt32) -> [[Double]] {
    let (n, d) = (columns[0].count, columns.count)
    var points = Matrix<Double>(rows: n, columns: d)
    for (j, column) in columns.enumerated() {
      let (mean, unit) = location(column)
      for (row, value) in column.enumerated() { points[row, j] = (value - mean) / unit }
    }
    var axes = Matrix<Double>(rows: d, columns: 0)
    if d <= axisLimit {
      var correlations = Matrix<Double>(rows: d, columns: d)
      BLAS.gemm(points, transposeA: true, points, into: &correlations)
      if let eigen = try? SymmetricEigen(correlations) {
        // Axes that rounding alone makes longer than nothing are none.
        let least = 1e-10 * (eigen.values.last ?? 0)
        let kept = eigen.values.indices.filter { eigen.values[$0] > least }
        axes = Matrix(
          rows: d, columns: kept.count,
          elements: (0..<d).flatMap { j in
            kept.map { eigen.vectors[j, $0] / eigen.values[$0].squareRoot() }
          })
      }
    }
    // Combinations of the axes in units of their lengths, or else of the columns.
    let inner = axes.columns > 0 ? axes.columns : d
    var random = Matrix<Double>(rows: inner, columns: randomCount)
    var stream = RandomStream(key: key, purpose: .driftDirections, seed: seed)
    for row in 0..<inner {
      for column in 0..<randomCount { random[row, column] = stream.normal() }
    }
    var directions = random
    if axes.columns > 0 {
      directions = Matrix(rows: d, columns: randomCount)
      BLAS.gemm(axes, random, into: &directions)
    }
    return [axes, directions].flatMap { directions -> [[Double]] in
      guard directions.columns > 0 else { return [] }
      var products = Matrix<Double>(rows: n, columns: directions.columns)
      BLAS.gemm(points, directions, into: &products)
      return (0..<directions.columns).map { column in (0..<n).map { products[$0, column] } }
    }
  }

  /// The mean and the standard deviation, or 1 where there is none.
  private static func location(_ values: [Double]) -> (mean: Double, unit: Double) {
    let mean = values.reduce(0) { $0 + $1 / Double(values.count) }
    let largest = values.reduce(0) { max($0, abs($1 - mean)) }
    guard largest > 0 else { return (mean, 1) }
    // Divided first, so that squares of large numbers stay finite.
    let square = values.reduce(0) { $0 + ($1 - mean) / largest * (($1 - mean) / largest) }
    return (mean, largest * (square / Double(values.count)).squareRoot())
  }
}
