package import LinAlg
import Models

/// The local outlier factor: how much thinner the data are around a point than around its neighbours.
///
///     reach(p, o) = max(kdist(o), ‖p − o‖)
///     lrd(p) = 1 / (mean over neighbours o of reach(p, o) + 10⁻¹⁰)
///     LOF(p) = mean over neighbours o of lrd(o) / lrd(p)
///
/// About 1 inside a cluster, larger outside. Duplicates have a large but finite density. Rows that lie
/// close together are as dense as any cluster, so many copies of one poison row look normal.
///
/// Source: Breunig, Kriegel, Ng, Sander, "LOF: identifying density-based local outliers", SIGMOD
/// 2000; 10⁻¹⁰ as in scikit-learn 1.9.1.
package struct LocalOutlierFactor: Sendable {
  private let points: Matrix<Double>
  private let neighborCount: Int
  private let reaches: [Double]
  private let densities: [Double]

  /// The factor of each of the n points it was made for.
  package let scores: [Double]

  /// Finds the factors of n points (n × d) by their `neighborCount` nearest others.
  ///
  /// A single point has the factor 1.
  package init(of points: Matrix<Double>, neighborCount: Int, threads: Int = 1) {
    let table = NeighborTable(of: points, neighborCount: neighborCount, threads: threads)
    let k = table.neighborCount
    (self.points, self.neighborCount) = (points, neighborCount)
    guard k > 0 else {
      reaches = Array(repeating: 0, count: points.rows)
      densities = Array(repeating: 1, count: points.rows)
      scores = Array(repeating: 1, count: points.rows)
      return
    }
    let distances = Self.roots(table.squaredDistances)
    let reaches = (0..<points.rows).map { distances[$0 * k + k - 1] }
    let densities = Self.densities(table, distances, reaches)
    (self.reaches, self.densities) = (reaches, densities)
    scores = Self.factors(table, of: densities, among: densities)
  }

  /// The factors of other points (m × d) beside the points it was made for, as if each came alone.
  package func scores(of others: Matrix<Double>, threads: Int = 1) -> [Double] {
    let table = NeighborTable(
      of: others, among: points, neighborCount: neighborCount, threads: threads)
    guard table.neighborCount > 0 else { return Array(repeating: 1, count: others.rows) }
    let distances = Self.roots(table.squaredDistances)
    return Self.factors(
      table, of: Self.densities(table, distances, reaches), among: densities)
  }

  private static func roots(_ values: [Double]) -> [Double] {
    var roots = values
    Lanes.squareRoot(&roots)
    return roots
  }

  private static func densities(
    _ table: NeighborTable, _ distances: [Double], _ reaches: [Double]
  ) -> [Double] {
    let k = table.neighborCount
    let (neighbors, lengths, reach) = (table.indices.span, distances.span, reaches.span)
    return (0..<table.indices.count / k).map { point in
      var sum = 0.0
      for place in point * k..<(point + 1) * k {
        sum += max(reach[neighbors[place]], lengths[place])
      }
      return 1 / (sum / Double(k) + 1e-10)
    }
  }

  private static func factors(
    _ table: NeighborTable, of own: [Double], among densities: [Double]
  ) -> [Double] {
    let k = table.neighborCount
    let (neighbors, density) = (table.indices.span, densities.span)
    return own.indices.map { point in
      var sum = 0.0
      for place in point * k..<(point + 1) * k { sum += density[neighbors[place]] }
      return sum / Double(k) / own[point]
    }
  }
}
