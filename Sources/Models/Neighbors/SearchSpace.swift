import LinAlg

/// Points and queries on one scale, and what estimates in single precision leave open about their distances.
///
///     ‖x − y‖² = ‖x‖² + ‖y‖² − 2xᵀy
///
/// by inner products in single precision of the points less their mean. An estimate is off by at most
/// m·(‖x‖² + ‖y‖²), so each gives a least and a largest distance. A point is passed over only if its
/// least is beyond the k-th of the largest; exact distances of the others, few more than k, decide. The
/// result is that of all exact distances, whatever the rounding.
struct SearchSpace: Sendable {
  let queries: Matrix<Double>
  let points: Matrix<Double>
  let k: Int
  /// Whether the queries are the points, of which none is its own neighbour.
  let areOthers: Bool
  let center: [Double]
  /// What differences from the centre are multiplied by: squares of numbers up to 1 are held by single
  /// precision.
  let unit: Double
  /// m.
  let margin: Double
  /// Twice the margin, the rounding of the norms and of four sums; nothing is said of a large one.
  let slack: Float
  /// What distances are multiplied by before they are compared with estimates; NaN where that cannot be.
  private let scale: Double

  /// Points of a block: few enough to make them on all threads, in whole strips.
  static let blockSize = 1_024

  /// - Precondition: The queries are the points if they are `areOthers`.
  init(
    _ queries: Matrix<Double>, _ points: Matrix<Double>, k: Int, areOthers: Bool, threads: Int
  ) {
    (self.queries, self.points, self.k, self.areOthers) = (queries, points, k, areOthers)
    let center = points.columnMeans(threads: threads)
    let largest = max(
      Self.largest(points, center, threads), areOthers ? 0 : Self.largest(queries, center, threads))
    // All squared distances are finite, and the largest is far from what is lost below the normal numbers.
    let square = largest * largest
    let hasScale = square > 1e-290 && (4 * Double(points.columns) * square).isFinite
    self.center = center
    unit = hasScale ? 1 / largest : 1
    margin = Self.margin(points.columns)
    slack = margin < 0.1 ? Float(4 * margin) : .infinity
    scale = hasScale ? unit * unit : .nan
  }

  /// Whether estimates say anything.
  var hasScale: Bool { scale.isFinite }

  /// What an estimate without its query's part must be beyond: nothing is if that cannot be said.
  func limit(_ candidates: NeighborCandidates) -> Float {
    guard hasScale else { return .nan }
    let reach = min(Float(candidates.farthest * scale), candidates.most)
    let limit = reach - candidates.norm + 4 * Float.ulpOfOne * (reach + candidates.norm)
    return limit.isFinite ? limit : .nan
  }

  /// Ranks what has been taken by exact distances.
  func decide(_ candidates: inout NeighborCandidates) {
    let query = candidates.query
    candidates.rank(within: limit(candidates)) { squaredDistances(query, $0, $1, $2, $3) }
  }

  /// A squared distance as estimates have it.
  func scaled(_ distance: Double) -> Float { Float(distance * scale) }

  /// ‖x − y‖² of a query and four points, each summed in the order of features.
  func squaredDistances(
    _ query: Int, _ a: Int, _ b: Int, _ c: Int, _ d: Int
  ) -> SIMD4<Double> {
    let width = points.columns
    let (x, y) = (queries.elements.span, points.elements.span)
    let first = query &* width
    let (a0, b0, c0, d0) = (a &* width, b &* width, c &* width, d &* width)
    var sums = SIMD4<Double>(repeating: 0)
    for j in 0..<width {
      // Safe: queries and points are rows of their matrices.
      let own = unsafe SIMD4<Double>(repeating: x[unchecked: first &+ j])
      let others = unsafe SIMD4(
        y[unchecked: a0 &+ j], y[unchecked: b0 &+ j], y[unchecked: c0 &+ j],
        y[unchecked: d0 &+ j])
      let differences = own - others
      sums += differences * differences
    }
    return sums
  }

  /// Takes the points of a strip whose estimate is within the limit of a query, and returns its new limit.
  ///
  /// Estimates are those of query `lane` as `FloatPanels.estimates` has written them; `order` tells the point at
  /// a place of all blocks.
  func scan(
    _ sums: [SIMD8<Float>], _ lane: Int, _ strip: StripScan.Strip, _ norms: [SIMD8<Float>],
    _ order: SpatialOrder, block: Int, _ candidates: inout NeighborCandidates
  ) -> Float {
    var limit = self.limit(candidates)
    let base = lane * 2 * FloatPanels.stripLength
    for vector in 0..<(strip.count + 7) / 8 {
      if all(sums[base + vector] .> limit) { continue }
      for place in 8 * vector..<min(8 * vector + 8, strip.count) {
        let sum = scalar(sums, 8 * base + place)
        if sum > limit { continue }
        let point = order.points[Self.blockSize * block + strip.first + place]
        if areOthers, point == candidates.query { continue }
        let norm = scalar(norms, strip.first + place)
        let most = sum + candidates.norm + slack * (candidates.norm + norm)
        if candidates.take(point, least: sum, most: most) { decide(&candidates) }
        limit = self.limit(candidates)
      }
    }
    return limit
  }

  /// The neighbours of each query, nearest first, after its last candidates are ranked.
  func ranked(_ candidates: inout [NeighborCandidates]) -> (indices: [Int], distances: [Double]) {
    var indices: [Int] = []
    var distances: [Double] = []
    for place in candidates.indices {
      decide(&candidates[place])
      indices += candidates[place].indices
      distances += candidates[place].distances
    }
    return (indices, distances)
  }

  /// Whether so many queries are asked that putting points in order saves more time than it takes.
  var isWorthOrdering: Bool { queries.rows >= 1_024 && hasScale }

  /// What is made of each block of points.
  func mapBlocks<Part: Sendable>(
    threads: Int, _ part: @Sendable (Range<Int>) -> Part
  ) -> [Part] {
    let size = Self.blockSize
    return Parallel.map((points.rows + size - 1) / size, threads: threads) { block in
      part(block * size..<min((block + 1) * size, points.rows))
    }
  }

  /// The error of an estimate relative to ‖x‖² + ‖y‖².
  ///
  /// Rounding x and y to single precision changes 2xᵀy by 4ε‖x‖‖y‖ at most, and each norm by 2ε of
  /// it; the sums of d products, and of these with ‖y‖², are off by dε of the sums of their magnitudes;
  /// ‖x‖‖y‖ is at most half of ‖x‖² + ‖y‖². Together less than (2d + 8)·ε, of which this is four times.
  private static func margin(_ d: Int) -> Double {
    Double(8 * (d + 4)) * Double(Float.ulpOfOne)
  }

  private static func largest(
    _ matrix: Matrix<Double>, _ center: [Double], _ threads: Int
  ) -> Double {
    let d = matrix.columns
    return Parallel.map((matrix.rows + blockSize - 1) / blockSize, threads: threads) { block in
      var largest = 0.0
      let (x, c) = (matrix.elements.span, center.span)
      for row in block * blockSize..<min((block + 1) * blockSize, matrix.rows) {
        for j in 0..<d { largest = max(largest, abs(x[row * d + j] - c[j])) }
      }
      return largest
    }.reduce(0, max)
  }
}
