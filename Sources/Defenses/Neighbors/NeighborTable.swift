package import LinAlg

/// The k nearest of n points for each of m queries, nearest first.
///
/// Distances are Euclidean; equal ones are in the order of the points.
/// - Complexity: O(m·n·d), in lanes over the points; memory m·k.
package struct NeighborTable: Sendable {
  /// Number of neighbours k of each query: as many as were asked for, or as there are.
  package let neighborCount: Int

  /// Neighbour j of query i is point `indices[i · k + j]`.
  package private(set) var indices: [Int]

  /// Its squared distance.
  package private(set) var squaredDistances: [Double]

  /// Points of a tile: with 20 features they stay in the first two levels of cache.
  private static let tileSize = 512

  /// Queries that go through the tiles together, so that each tile is read once for all of them.
  private static let blockSize = 64

  /// The nearest others of each of n points (n × d): no point is its own neighbour.
  package init(of points: Matrix<Double>, neighborCount: Int, threads: Int = 1) {
    self.init(
      of: points, among: points, neighborCount: min(neighborCount, max(points.rows - 1, 0)),
      areOthers: true, threads: threads)
  }

  /// The nearest of n points (n × d) for each of m queries (m × d).
  package init(
    of queries: Matrix<Double>, among points: Matrix<Double>, neighborCount: Int, threads: Int = 1
  ) {
    self.init(
      of: queries, among: points, neighborCount: min(neighborCount, points.rows),
      areOthers: false, threads: threads)
  }

  private init(
    of queries: Matrix<Double>, among points: Matrix<Double>, neighborCount k: Int,
    areOthers: Bool, threads: Int
  ) {
    precondition(
      queries.columns == points.columns,
      "Queries of \(queries.columns) features among points of \(points.columns)")
    precondition(k >= 0, "Cannot find \(k) neighbours")
    neighborCount = k
    let tiles = Self.tiles(points)
    let blocks = (queries.rows + Self.blockSize - 1) / Self.blockSize
    let found = Parallel.map(blocks, threads: threads) { block in
      let first = block * Self.blockSize
      return Self.search(
        queries, first..<min(first + Self.blockSize, queries.rows), tiles, k, areOthers)
    }
    indices = found.flatMap(\.indices)
    squaredDistances = found.flatMap(\.distances)
  }

  private static func tiles(_ points: Matrix<Double>) -> [Matrix<Double>] {
    stride(from: 0, to: points.rows, by: tileSize).map { first in
      let end = min(first + tileSize, points.rows)
      let elements = Array(points.elements[first * points.columns..<end * points.columns])
      return Matrix(rows: end - first, columns: points.columns, elements: elements).transposed()
    }
  }

  private static func search(
    _ queries: Matrix<Double>, _ range: Range<Int>, _ tiles: [Matrix<Double>], _ k: Int,
    _ areOthers: Bool
  ) -> (indices: [Int], distances: [Double]) {
    var indices = [Int](repeating: -1, count: range.count * k)
    var nearest = [Double](repeating: .infinity, count: range.count * k)
    guard k > 0 else { return (indices, nearest) }
    for (number, tile) in tiles.enumerated() {
      var distances = [Double](repeating: 0, count: tile.columns)
      for (place, query) in range.enumerated() {
        queries.withRow(query) { row in
          Lanes.squaredDistances(from: row, toColumnsOf: tile, into: &distances)
        }
        let start = number * tileSize
        if areOthers, query >= start, query < start + tile.columns {
          distances[query - start] = .nan
        }
        offer(distances.span, start, k, place * k, &indices, &nearest)
      }
    }
    return (indices, nearest)
  }

  /// Takes the candidates that are nearer than the farthest of the list at `base`.
  ///
  /// Candidates come in order of their index, so one that ties stays behind. NaN is never nearer.
  private static func offer(
    _ candidates: borrowing Span<Double>, _ start: Int, _ k: Int, _ base: Int,
    _ indices: inout [Int], _ nearest: inout [Double]
  ) {
    var index = indices.mutableSpan
    var distance = nearest.mutableSpan
    var farthest = distance[base + k - 1]
    for place in candidates.indices {
      let candidate = candidates[place]
      // Infinite distances fill the list only while it is not full.
      guard candidate < farthest || (candidate == farthest && index[base + k - 1] < 0) else {
        continue
      }
      var slot = base + k - 1
      while slot > base, index[slot - 1] < 0 || candidate < distance[slot - 1] {
        distance[slot] = distance[slot - 1]
        index[slot] = index[slot - 1]
        slot -= 1
      }
      distance[slot] = candidate
      index[slot] = start + place
      farthest = distance[base + k - 1]
    }
  }
}
