import Defenses
import LinAlg
import Models

/// Votes of the nearest others, the nearer the heavier.
///
///     p_c ∝ 0.3·π_c + Σ_j t_jc·exp(−d²_j / d²_k)
///
/// over the 30 nearest others j at distances d_j, whose targets are t_j. Of some k, the distance of the k-th
/// neighbour is the unit under which the targets are most likely.
struct NearbyLabels: ClassEstimator {
  let name = "neighbors"

  private static let units = [3, 5, 8, 12, 20, 30]

  /// Rows beyond which neighbours are sought among so many.
  private static let sampleLimit = 20_000

  /// Neighbour j of row i is `neighbors[i · count + j]`, at the squared distance beside it.
  private let neighbors: [Int]
  private let squaredDistances: [Double]
  private let count: Int

  init(_ features: Matrix<Double>, _ stream: inout RandomStream, threads: Int) {
    let n = features.rows
    let most = Self.units[Self.units.count - 1]
    guard n > Self.sampleLimit else {
      let table = NeighborTable(of: features, neighborCount: most, threads: threads)
      (neighbors, squaredDistances) = (table.indices, table.squaredDistances)
      count = table.neighborCount
      return
    }
    let sample = stream.permutation(of: n, prefix: Self.sampleLimit).sorted()
    // One more, as a row may be among its own neighbours.
    let table = NeighborTable(
      of: features, among: features.selectingRows(sample), neighborCount: most + 1,
      threads: threads)
    var (neighbors, distances): ([Int], [Double]) = ([], [])
    for row in 0..<n {
      let places = (row * (most + 1)..<(row + 1) * (most + 1))
        .filter { sample[table.indices[$0]] != row }.prefix(most)
      neighbors += places.map { sample[table.indices[$0]] }
      distances += places.map { table.squaredDistances[$0] }
    }
    (self.neighbors, squaredDistances, count) = (neighbors, distances, most)
  }

  /// Finds the neighbours of each row among the rows of the other folds: no group has rows in two.
  init(
    _ features: Matrix<Double>, across validation: CrossValidation, _ stream: inout RandomStream,
    threads: Int
  ) {
    let (n, folds) = (features.rows, validation.folds)
    let sample =
      n > Self.sampleLimit
      ? stream.permutation(of: n, prefix: Self.sampleLimit).sorted() : Array(0..<n)
    let parts = Set(folds).sorted().map { fold in
      let rows = folds.indices.filter { folds[$0] == fold }
      let others = sample.filter { folds[$0] != fold }
      let table = NeighborTable(
        of: features.selectingRows(rows), among: features.selectingRows(others),
        neighborCount: Self.units[Self.units.count - 1], threads: threads)
      return (rows: rows, others: others, table: table)
    }
    let count = parts.map(\.table.neighborCount).min() ?? 0
    var neighbors = [Int](repeating: 0, count: n * count)
    var distances = [Double](repeating: 0, count: n * count)
    for part in parts {
      for (place, row) in part.rows.enumerated() {
        for rank in 0..<count {
          let found = place * part.table.neighborCount + rank
          neighbors[row * count + rank] = part.others[part.table.indices[found]]
          distances[row * count + rank] = part.table.squaredDistances[found]
        }
      }
    }
    (self.neighbors, squaredDistances, self.count) = (neighbors, distances, count)
  }

  /// The share of the nearest others, 20 at most, that have a row's label; 0 where there is none.
  func shares(of labels: [Int]) -> [Double] {
    let asked = min(count, 20)
    return labels.indices.map { row in
      let places = row * count..<row * count + asked
      return Double(places.count { labels[neighbors[$0]] == labels[row] }) / Double(max(asked, 1))
    }
  }

  mutating func probabilities(by targets: Matrix<Double>, threads: Int) -> Matrix<Double> {
    let (n, k) = (targets.rows, targets.columns)
    guard count > 0 else { return Matrix(rows: n, columns: k, repeating: 1 / Double(k)) }
    let prior = (0..<k).map { label in
      (0..<n).reduce(0) { $0 + targets.elements[$1 * k + label] } / Double(n)
    }
    let fitting = Self.units.filter { $0 <= count }
    let units = fitting.isEmpty ? [count] : fitting
    let voters = self
    let candidates = Parallel.map(units.count, threads: threads) { index in
      voters.votes(targets, prior, unit: units[index])
    }
    let best = candidates.max { $0.likelihood < $1.likelihood }
    return Matrix(rows: n, columns: k, elements: best?.p ?? [])
  }

  private func votes(
    _ targets: Matrix<Double>, _ prior: [Double], unit: Int
  ) -> (p: [Double], likelihood: Double) {
    let (n, k) = (targets.rows, targets.columns)
    let t = targets.elements
    var p = [Double](repeating: 0, count: n * k)
    var likelihood = 0.0
    for row in 0..<n {
      let square = squaredDistances[row * count + unit - 1]
      var sum = 0.0
      for label in 0..<k {
        p[row * k + label] = 0.3 * prior[label]
        sum += p[row * k + label]
      }
      for place in row * count..<(row + 1) * count {
        let distance = squaredDistances[place]
        let ratio = square > 0 ? distance / square : distance > 0 ? 700 : 0
        let weight = Lanes.exp(-min(ratio, 700))
        let other = neighbors[place] * k
        for label in 0..<k { p[row * k + label] += weight * t[other + label] }
        sum += weight
      }
      for place in row * k..<(row + 1) * k {
        p[place] /= sum
        if t[place] > 0 { likelihood += t[place] * Lanes.log(max(p[place], 1e-300)) }
      }
    }
    return (p, likelihood)
  }
}
