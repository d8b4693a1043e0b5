package import LinAlg

/// The k nearest of n points for each of m queries, nearest first.
///
/// Distances are Euclidean; equal ones are in the order of the points. Numbers are those of the plain
/// loop over the features, to the last bit.
/// - Complexity: O(m·n·d); memory m·k. Of many points, inner products in single precision, which cost
///   a quarter, rule out nearly all.
package struct NeighborTable: Sendable {
  /// Number of neighbours k of each query: as many as were asked for, or as there are.
  package let neighborCount: Int

  /// Neighbour j of query i is point `indices[i · k + j]`.
  package private(set) var indices: [Int]

  /// Its squared distance.
  package private(set) var squaredDistances: [Double]

  /// Of so many points all distances to a query are kept: they stay in the first level of cache.
  private static let fewPoints = 2_048

  /// Queries that are searched for together, where there are enough for all threads.
  private static let queryCount = 256

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

  /// - Parameters:
  ///   - fewPoints: The most points of which all distances are kept.
  ///   - directionCount: Directions along which points are compared first; by default where that pays.
  ///   - blockSize: Points of a block of `PairSearch`.
  package init(
    of queries: Matrix<Double>, among points: Matrix<Double>, neighborCount k: Int,
    areOthers: Bool, threads: Int, fewPoints: Int = Self.fewPoints, directionCount: Int? = nil,
    blockSize: Int? = nil
  ) {
    precondition(
      queries.columns == points.columns,
      "Queries of \(queries.columns) features among points of \(points.columns)")
    precondition(
      k >= 0 && k <= points.rows - (areOthers && points.rows > 0 ? 1 : 0),
      "Cannot find \(k) neighbours among \(points.rows) points")
    neighborCount = k
    guard k > 0, queries.rows > 0 else {
      (indices, squaredDistances) = ([], [])
      return
    }
    // One thread has nothing to share, so it takes all in one piece.
    let share = (queries.rows + 4 * threads - 1) / (4 * threads)
    if points.rows <= fewPoints {
      let search = SmallSearch(points, k: k, areOthers: areOthers)
      let size = threads == 1 ? queries.rows : 64
      (indices, squaredDistances) = Self.found(queries.rows, by: size, threads) {
        search.nearest(of: queries, $0)
      }
      return
    }
    let space = SearchSpace(queries, points, k: k, areOthers: areOthers, threads: threads)
    let size = min(max(share, 16), Self.queryCount)
    let order: [Int]
    let found: (indices: [Int], distances: [Double])
    if let subspace = SubspaceSearch(space, directionCount: directionCount, threads: threads) {
      order = subspace.queryOrder
      found = Self.found(queries.rows, by: size, threads) { subspace.nearest(of: $0) }
    } else if let pairs = PairSearch(space, blockSize: blockSize, threads: threads) {
      order = pairs.queryOrder
      found = pairs.nearest(threads: threads)
    } else {
      let whole = FilteredSearch(space, threads: threads)
      order = whole.queryOrder
      found = Self.found(queries.rows, by: size, threads) { whole.nearest(of: $0) }
    }
    (indices, squaredDistances) = found
    for (place, query) in order.enumerated() {
      for j in 0..<k {
        indices[query * k + j] = found.indices[place * k + j]
        squaredDistances[query * k + j] = found.distances[place * k + j]
      }
    }
  }

  /// What a search finds for each so many of queries.
  private static func found(
    _ count: Int, by size: Int, _ threads: Int,
    search: @Sendable (Range<Int>) -> (indices: [Int], distances: [Double])
  ) -> (indices: [Int], distances: [Double]) {
    let parts = Parallel.map((count + size - 1) / size, threads: threads) { block in
      search(block * size..<min((block + 1) * size, count))
    }
    return parts.count == 1
      ? parts[0] : (parts.flatMap(\.indices), parts.flatMap(\.distances))
  }
}
