import LinAlg

/// The nearest of many points that spread in few directions.
///
/// Least distances come from coordinates in a `PrincipalSubspace`, a tenth of the columns of wide points and half
/// of those of narrow ones, and rule out nearly all points. The inner products of whole rows are left to the
/// others: of single rows where they are long, of strips where they are short. The rest is as in
/// `FilteredSearch`.
struct SubspaceSearch: Sendable {
  private let space: SearchSpace
  private let subspace: PrincipalSubspace
  private let order: SpatialOrder
  private let centers: BlockCenters
  private let blocks: [Block]

  /// Coordinates of some points, and the whole of them.
  private struct Block {
    let coordinates: FloatPanels
    /// No rows if they are narrow.
    let rows: FloatRows
    /// No panels if they are wide.
    let panels: FloatPanels
  }
  private let queryCoordinates: Matrix<Double>

  /// The query at each place.
  let queryOrder: [Int]

  /// Prepares a search, or nil where `FilteredSearch` is faster.
  ///
  /// - Parameter directionCount: Directions of the subspace, 0 for none; by default as many as may pay, if it
  ///   is seen that they do.
  init?(_ space: SearchSpace, directionCount: Int?, threads: Int) {
    let count = directionCount ?? Self.directionCount(space)
    guard count > 0, space.hasScale,
      let subspace = PrincipalSubspace(
        space.points, center: space.center, factor: space.unit, count: count)
    else { return nil }
    (self.space, self.subspace) = (space, subspace)
    let coordinates = subspace.coordinates(space.points, threads: threads)
    let order = SpatialOrder(coordinates)
    self.order = order
    queryCoordinates =
      space.areOthers ? coordinates : subspace.coordinates(space.queries, threads: threads)
    queryOrder = space.areOthers ? order.points : SpatialOrder(queryCoordinates).points
    let zeros = [Double](repeating: 0, count: subspace.width)
    blocks = space.mapBlocks(threads: threads) { places in
      let rows = Array(order.points[places])
      return Block(
        coordinates: FloatPanels(
          coordinates, rows: rows, center: zeros, factor: 1, margin: space.margin),
        rows: FloatRows(
          space.points, rows: Self.isWide(space) ? rows : [], center: space.center,
          factor: space.unit, margin: space.margin),
        panels: FloatPanels(
          space.points, rows: Self.isWide(space) ? [] : rows, center: space.center,
          factor: space.unit, margin: space.margin))
    }
    centers = BlockCenters(
      coordinates, space.mapBlocks(threads: 1) { order.points[$0] }, threads: threads)
    if directionCount == nil, !paysOff(threads: threads) { return nil }
  }

  /// Directions that may rule out most of wide points; 0 for points so narrow, or queries so few, that finding
  /// them takes longer.
  private static func directionCount(_ space: SearchSpace) -> Int {
    let points = space.points
    guard points.columns >= 16, points.rows >= 4_096, space.isWorthOrdering else { return 0 }
    return isWide(space) ? min(points.columns / 8, 64) - 1 : points.columns / 2 - 1
  }

  private static func isWide(_ space: SearchSpace) -> Bool { space.points.columns >= 128 }

  /// Whether some of the queries take four fifths of the time that all inner products would.
  ///
  /// One of a single pair takes about as long as three of many.
  private func paysOff(threads: Int) -> Bool {
    let (size, parts) = (12, 8)
    let costs = Parallel.map(parts, threads: threads) { part in
      let first = part * (space.queries.rows - size) / (parts - 1)
      return search(first..<first + size).cost
    }
    let pairs = Double(parts * size * space.points.rows)
    return 5 * (Double(subspace.width) + costs.reduce(0, +) / pairs)
      < 4 * Double(space.points.columns)
  }

  /// The neighbours of the queries at some places, and their squared distances.
  func nearest(of places: Range<Int>) -> (indices: [Int], distances: [Double]) {
    let found = search(places)
    return (found.indices, found.distances)
  }

  /// Also says what inner products of whole rows cost, in multiply-adds of panels.
  private func search(
    _ places: Range<Int>
  ) -> (indices: [Int], distances: [Double], cost: Double) {
    let rows = queryOrder[places]
    let group = PanelQueries<Float>(
      queryCoordinates, rows: Array(rows),
      center: [Double](repeating: 0, count: subspace.width), factor: 1, margin: space.margin)
    var candidates = zip(rows, group.norms).map {
      NeighborCandidates(space.k, query: $0, norm: $1)
    }
    let nearest = centers.nearest(to: rows, of: queryCoordinates)
    let cost =
      Self.isWide(space)
      ? searchRows(rows, group, nearest, &candidates)
      : searchPanels(rows, group, nearest, &candidates)
    let (indices, distances) = space.ranked(&candidates)
    return (indices, distances, cost)
  }

  private func searchRows(
    _ rows: ArraySlice<Int>, _ group: PanelQueries<Float>, _ nearest: [Int],
    _ candidates: inout [NeighborCandidates]
  ) -> Double {
    var left = PointsLeft(
      FloatRows(
        space.queries, rows: Array(rows), center: space.center, factor: space.unit))
    var strips = StripScan(group)
    for index in nearest {
      let block = blocks[index]
      let base = SearchSpace.blockSize * index
      strips.forEach(block.coordinates) { strip, first, within, sums, limits in
        left.take(strip, within, sums, limits)
        left.forEach(first, among: block.rows) { query, place, sum in
          if sum > limits[query - first] { return }
          let point = order.points[base + place]
          if space.areOthers, point == rows[rows.startIndex + query] { return }
          let norm = candidates[query].norm
          let most = sum + norm + space.slack * (norm + block.rows.norms[place])
          if candidates[query].take(point, least: sum, most: most) {
            space.decide(&candidates[query])
          }
          limits[query - first] = space.limit(candidates[query])
        }
      }
    }
    return left.cost
  }

  private func searchPanels(
    _ rows: ArraySlice<Int>, _ group: PanelQueries<Float>, _ nearest: [Int],
    _ candidates: inout [NeighborCandidates]
  ) -> Double {
    let whole = PanelQueries<Float>(
      space.queries, rows: Array(rows), center: space.center, factor: space.unit,
      margin: space.margin)
    var sums = [SIMD8<Float>](repeating: SIMD8(repeating: 0), count: 12 * FloatPanels.stripLength)
    var pairCount = 0
    var strips = StripScan(group)
    for index in nearest {
      let block = blocks[index]
      strips.forEach(block.coordinates) { strip, first, _, _, limits in
        let start = strip.first / FloatPanels.width
        let panels = start..<min(start + FloatPanels.stripLength, block.panels.panelCount)
        let areBeyond = block.panels.estimates(
          whole, group: first / 6, strip: panels, limits: limits, into: &sums)
        pairCount += 6 * strip.count
        for lane in 0..<min(6, rows.count - first) where areBeyond >> lane & 1 == 0 {
          limits[lane] = space.scan(
            sums, lane, strip, block.panels.norms, order, block: index, &candidates[first + lane])
        }
      }
    }
    return Double(pairCount * space.points.columns)
  }
}
