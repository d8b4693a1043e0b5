import LinAlg

/// The nearest of many points: estimates rule out nearly all, exact distances decide the rest.
///
/// See `SearchSpace` for what an estimate says. All queries are compared with all points, by blocks of queries
/// that are near each other, and those points first that are nearest to them.
struct FilteredSearch: Sendable {
  private let space: SearchSpace
  private let order: SpatialOrder
  private let centers: BlockCenters
  private let blocks: [FloatPanels]

  /// The query at each place.
  let queryOrder: [Int]

  init(_ space: SearchSpace, threads: Int) {
    self.space = space
    let isOrdered = space.isWorthOrdering
    let order = isOrdered ? SpatialOrder(space.points) : SpatialOrder(count: space.points.rows)
    self.order = order
    queryOrder =
      space.areOthers
      ? order.points
      : isOrdered ? SpatialOrder(space.queries).points : Array(0..<space.queries.rows)
    blocks = space.mapBlocks(threads: threads) { places in
      FloatPanels(
        space.points, rows: Array(order.points[places]), center: space.center,
        factor: space.unit, margin: space.margin)
    }
    centers = BlockCenters(
      space.points, space.mapBlocks(threads: 1) { order.points[$0] }, threads: threads)
  }

  /// The neighbours of the queries at some places, and their squared distances.
  func nearest(of places: Range<Int>) -> (indices: [Int], distances: [Double]) {
    let rows = queryOrder[places]
    let group = PanelQueries<Float>(
      space.queries, rows: Array(rows), center: space.center, factor: space.unit,
      margin: space.margin)
    var candidates = zip(rows, group.norms).map {
      NeighborCandidates(space.k, query: $0, norm: $1)
    }
    var strips = StripScan(group)
    for index in centers.nearest(to: rows, of: space.queries) {
      let block = blocks[index]
      strips.forEach(block) { strip, first, within, sums, limits in
        for lane in 0..<min(6, rows.count - first) where within >> lane & 1 != 0 {
          limits[lane] = space.scan(
            sums, lane, strip, block.norms, order, block: index, &candidates[first + lane])
        }
      }
    }
    return space.ranked(&candidates)
  }
}
