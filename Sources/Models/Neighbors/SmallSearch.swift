import LinAlg

/// The nearest of few points by all distances.
struct SmallSearch: Sendable {
  private let columns: [Lanes.Quad]
  private let vectors: Int
  private let count: Int
  private let k: Int
  private let areOthers: Bool

  /// Prepares for the k nearest of n points (n × d), themselves left out if they are `areOthers`.
  init(_ points: Matrix<Double>, k: Int, areOthers: Bool) {
    let (n, d) = (points.rows, points.columns)
    vectors = (n + 3) / 4
    // After the last point comes what is near to nothing.
    var columns = [Lanes.Quad](repeating: Lanes.Quad(repeating: .nan), count: vectors * d)
    for row in 0..<n {
      for j in 0..<d { columns[j * vectors + row / 4][row % 4] = points.elements[row * d + j] }
    }
    self.columns = columns
    count = n
    (self.k, self.areOthers) = (k, areOthers)
  }

  func nearest(
    of queries: Matrix<Double>, _ range: Range<Int>
  ) -> (indices: [Int], distances: [Double]) {
    var indices = [Int](repeating: 0, count: range.count * k)
    var nearest = [Double](repeating: 0, count: range.count * k)
    var places = indices.mutableSpan
    var squares = nearest.mutableSpan
    var selection = NearestSelection(k, of: count)
    var distances = [Lanes.Quad](repeating: Lanes.Quad(repeating: .nan), count: vectors)
    for query in range {
      Lanes.squaredDistances(
        from: queries.elements, at: query * queries.columns, featureCount: queries.columns,
        to: columns, into: &distances)
      if areOthers { distances[query >> 2][query & 3] = .nan }
      selection.select(
        from: distances, into: &places, &squares, at: (query - range.lowerBound) * k)
    }
    return (indices, nearest)
  }
}
