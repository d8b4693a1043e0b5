import LinAlg

/// The nearest of many points: estimates rule out nearly all, exact distances decide the rest.
///
///     ‖x − y‖² = ‖x‖² + ‖y‖² − 2xᵀy
///
/// by inner products in single precision of the points less their mean. An estimate is off by at most
/// m·(‖x‖² + ‖y‖²), so each gives a least and a largest distance. A point is passed over only if its
/// least is beyond the k-th of the largest; exact distances of the others, few more than k, decide. The
/// result is that of all exact distances, whatever the rounding.
struct FilteredSearch: Sendable {
  private let queries: Matrix<Double>
  private let points: Matrix<Double>
  private let k: Int
  private let areOthers: Bool
  private let center: [Double]
  /// What differences from the centre are multiplied by: squares of numbers up to 1 are held by single
  /// precision.
  private let unit: Double
  /// m.
  private let margin: Double
  /// What distances are multiplied by before they are compared with estimates.
  private let scale: Double
  private let blocks: [FloatPanels]

  /// Points of a block: few enough to make them on all threads, in whole strips.
  private static let blockSize = 1_024

  /// - Precondition: The queries are the points if they are `areOthers`.
  init(
    _ queries: Matrix<Double>, _ points: Matrix<Double>, k: Int, areOthers: Bool, threads: Int = 1
  ) {
    let center = Self.mean(points)
    let largest = max(
      Self.largest(points, center), areOthers ? 0 : Self.largest(queries, center))
    let unit = largest > 0 && largest.isFinite ? 1 / largest : 1
    let margin = Self.margin(points.columns)
    (self.queries, self.points, self.k, self.areOthers) = (queries, points, k, areOthers)
    (self.center, self.unit, self.margin) = (center, unit, margin)
    scale = largest.isFinite && largest > 0 ? unit * unit : .nan
    let count = (points.rows + Self.blockSize - 1) / Self.blockSize
    blocks = Parallel.map(count, threads: threads) { block in
      let first = block * Self.blockSize
      return FloatPanels(
        points, rows: Array(first..<min(first + Self.blockSize, points.rows)), center: center,
        factor: unit, margin: margin)
    }
  }

  /// The neighbours of some queries, and their squared distances.
  func nearest(of range: Range<Int>) -> (indices: [Int], distances: [Double]) {
    let group = PanelQueries<Float>(
      queries, rows: Array(range), center: center, factor: unit, margin: margin)
    var candidates = (0..<range.count).map { place in
      NeighborCandidates(k, query: range.lowerBound + place, norm: group.norms[place])
    }
    var sums = [SIMD8<Float>](repeating: SIMD8(repeating: 0), count: 12 * FloatPanels.stripLength)
    var limits = (0..<group.groupCount).map { _ in SIMD8<Float>(repeating: -.infinity) }
    for place in candidates.indices { limits[place / 6][place % 6] = .nan }
    for (index, block) in blocks.enumerated() {
      let (norms, count) = (block.norms, block.count)
      for start in stride(from: 0, to: block.panelCount, by: Self.stripLength) {
        let strip = start..<min(start + Self.stripLength, block.panelCount)
        let place = Strip(
          firstPoint: Self.blockSize * index + Self.panelWidth * start,
          count: min(count - Self.panelWidth * start, Self.panelWidth * strip.count),
          firstVector: 2 * start)
        for six in limits.indices {
          let areBeyond = block.estimates(
            group, group: six, strip: strip, limits: limits[six], into: &sums)
          if areBeyond == 0b11_1111 { continue }
          for lane in 0..<min(6, range.count - 6 * six) where areBeyond >> lane & 1 == 0 {
            limits[six][lane] = scan(sums, lane, norms, place, &candidates[6 * six + lane])
          }
        }
      }
    }
    var indices: [Int] = []
    var distances: [Double] = []
    for place in candidates.indices {
      decide(&candidates[place])
      indices += candidates[place].indices
      distances += candidates[place].distances
    }
    return (indices, distances)
  }

  /// Some points in a row, and where their norms begin.
  private struct Strip {
    let firstPoint: Int
    let count: Int
    let firstVector: Int
  }

  private static let stripLength = FloatPanels.stripLength
  private static let panelWidth = FloatPanels.width

  /// Takes the points of a strip that may be among the nearest of a query, and returns its new limit.
  private func scan(
    _ sums: [SIMD8<Float>], _ lane: Int, _ norms: [SIMD8<Float>], _ strip: Strip,
    _ candidates: inout NeighborCandidates
  ) -> Float {
    var limit = self.limit(candidates)
    // Twice the margin, the rounding of the norms and of four sums; nothing is said of a large one.
    let slack = margin < 0.1 ? Float(4 * margin) : .infinity
    let base = lane * 2 * Self.stripLength
    for vector in 0..<(strip.count + 7) / 8 {
      if all(sums[base + vector] .> limit) { continue }
      for place in 8 * vector..<min(8 * vector + 8, strip.count) {
        let sum = scalar(sums, 8 * base + place)
        if sum > limit { continue }
        let point = strip.firstPoint + place
        if areOthers, point == candidates.query { continue }
        let norm = scalar(norms, 8 * strip.firstVector + place)
        let most = sum + candidates.norm + slack * (candidates.norm + norm)
        if candidates.take(point, least: sum, most: most) { decide(&candidates) }
        limit = self.limit(candidates)
      }
    }
    return limit
  }

  /// What an estimate without its query's part must be beyond: nothing is if that cannot be said.
  private func limit(_ candidates: NeighborCandidates) -> Float {
    guard scale.isFinite else { return .nan }
    let reach = min(Float(candidates.farthest * scale), candidates.most)
    let limit = reach - candidates.norm + 4 * Float.ulpOfOne * (reach + candidates.norm)
    return limit.isFinite ? limit : .nan
  }

  /// Ranks what has been taken by exact distances.
  private func decide(_ candidates: inout NeighborCandidates) {
    let limit = self.limit(candidates)
    let d = points.columns
    let (x, y) = (queries.elements.span, points.elements.span)
    let query = candidates.query * d
    candidates.rank(within: limit) { point in
      var distance = 0.0
      for j in 0..<d {
        // Safe: queries and points are rows of their matrices.
        let difference = unsafe x[unchecked: query &+ j] - y[unchecked: point &* d &+ j]
        distance += difference * difference
      }
      return distance
    }
  }

  // MARK: - Preparation

  /// The error of an estimate relative to ‖x‖² + ‖y‖².
  ///
  /// Rounding x and y to single precision changes 2xᵀy by 4ε‖x‖‖y‖ at most, and each norm by 2ε of
  /// it; the sums of d products, and of these with ‖y‖², are off by dε of the sums of their magnitudes;
  /// ‖x‖‖y‖ is at most half of ‖x‖² + ‖y‖². Together less than (2d + 8)·ε, of which this is four times.
  private static func margin(_ d: Int) -> Double {
    Double(8 * (d + 4)) * Double(Float.ulpOfOne)
  }

  private static func mean(_ points: Matrix<Double>) -> [Double] {
    let d = points.columns
    var mean = [Double](repeating: 0, count: d)
    for row in 0..<points.rows {
      for j in 0..<d { mean[j] += points.elements[row * d + j] / Double(points.rows) }
    }
    // What overflows is left where it is.
    return mean.map { $0.isFinite ? $0 : 0 }
  }

  private static func largest(_ matrix: Matrix<Double>, _ center: [Double]) -> Double {
    var largest = 0.0
    let d = matrix.columns
    for row in 0..<matrix.rows {
      for j in 0..<d { largest = max(largest, abs(matrix.elements[row * d + j] - center[j])) }
    }
    return largest
  }
}
