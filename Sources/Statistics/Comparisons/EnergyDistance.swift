package import LinAlg

/// The energy test: whether two samples of points are from one distribution, whatever it is.
///
///     E = nm/(n + m) · (2·mean‖x − y‖ − mean‖x − x′‖ − mean‖y − y′‖)
///
/// The probability is that among random permutations of the points over the samples.
///
/// Source: Székely, Rizzo, "Testing for equal distributions in high dimension", InterStat 5 (2004).
package struct EnergyDistance: Sendable {
  /// E; 0 only for equal samples.
  package let statistic: Double

  /// The probability of an E at least as large if the samples were from one distribution.
  package let pValue: Double

  /// Permutations that are looked at together: all their sums are one product of matrices.
  private static let block = 128

  /// Compares the first `count` of the points (N × d) with the others.
  ///
  /// Permutation r draws from the stream at (key, purpose, seed, r).
  /// - Precondition: `0 < count < N`.
  /// - Complexity: O(N²·(d + permutations)) time, 8 N² bytes of memory.
  package init(
    _ points: Matrix<Double>, first count: Int, permutations: Int, key: RandomKey,
    purpose: RandomPurpose, seed: UInt32
  ) {
    let total = points.rows
    precondition(count > 0 && count < total, "No test of \(count) and \(total - count) points")
    let distances = Self.distances(points)
    let sums = (0..<total).map { row in
      distances.elements[row * total..<(row + 1) * total].reduce(0, +)
    }
    var identity = Matrix<Double>(rows: total, columns: 1)
    for row in 0..<count { identity[row, 0] = 1 }
    let observed = Self.statistics(identity, count, distances, sums)[0]
    // Equal splits must not be told apart by rounding.
    let least = observed - 1e-9 * abs(observed)
    var probability = SequentialPermutations(limit: permutations)
    while !probability.isFinished {
      let start = probability.drawn
      let width = min(Self.block, permutations - start)
      var members = Matrix<Double>(rows: total, columns: width)
      for column in 0..<width {
        var stream = RandomStream(key: key, purpose: purpose, seed: seed, row: start + column)
        for row in stream.permutation(of: total, prefix: count) { members[row, column] = 1 }
      }
      for value in Self.statistics(members, count, distances, sums) {
        probability.count(isAtLeast: value >= least)
      }
    }
    statistic = observed
    pValue = probability.pValue
  }

  /// E of each column z of ones for the points of the first sample.
  ///
  /// With D the distances and s their sums by rows, zᵀDz, zᵀs − zᵀDz and Σs − 2zᵀs + zᵀDz are the sums
  /// within the first sample, between the samples, and within the second.
  private static func statistics(
    _ members: Matrix<Double>, _ count: Int, _ distances: Matrix<Double>, _ sums: [Double]
  ) -> [Double] {
    let total = members.rows
    var products = Matrix<Double>(rows: total, columns: members.columns)
    BLAS.gemm(distances, members, into: &products)
    let all = sums.reduce(0, +)
    let (n, m) = (Double(count), Double(total - count))
    return (0..<members.columns).map { column in
      var (within, touching) = (0.0, 0.0)
      for row in 0..<total where members[row, column] == 1 {
        within += products[row, column]
        touching += sums[row]
      }
      let between = touching - within
      let other = all - 2 * touching + within
      return n * m / (n + m) * (2 * between / (n * m) - within / (n * n) - other / (m * m))
    }
  }

  private static func distances(_ points: Matrix<Double>) -> Matrix<Double> {
    let (n, d) = (points.rows, points.columns)
    var distances = Matrix<Double>(rows: n, columns: n)
    for i in 0..<n {
      for j in 0..<i {
        var sum = 0.0
        for k in 0..<d {
          let difference = points.elements[i * d + k] - points.elements[j * d + k]
          sum += difference * difference
        }
        distances[i, j] = sum.squareRoot()
        distances[j, i] = sum.squareRoot()
      }
    }
    return distances
  }
}
