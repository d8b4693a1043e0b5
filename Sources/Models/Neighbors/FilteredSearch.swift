import LinAlg

/// The nearest of many points: estimates rule out nearly all, exact distances decide the rest.
///
///     ‖x − y‖² = ‖x‖² + ‖y‖² − 2xᵀy
///
/// by inner products in single precision of the points less their mean. An estimate is off by at most
/// m·(‖x‖² + ‖y‖²), so a point is passed over only if its estimate less that is beyond the farthest of
/// the k nearest so far. The result is that of all exact distances, whatever the rounding.
struct FilteredSearch: Sendable {
  private let queries: Matrix<Double>
  private let points: Matrix<Double>
  private let k: Int
  private let areOthers: Bool
  private let centeredQueries: Matrix<Float>
  private let estimates: Estimates
  /// (1 − m)·‖x‖² of each query, rounded down.
  private let queryNorms: [Float]
  /// What distances are multiplied by before they are compared with estimates.
  private let scale: Double

  /// Points as estimates read them, with (1 − m)·‖y‖² of each, rounded down.
  private enum Estimates {
    /// Products of whole blocks by BLAS, for many features.
    case tiles([Tile])
    /// Products in lanes, looked at before they leave the first level of cache, for few.
    case eights([Lanes.Octet], norms: [Lanes.Octet])
  }

  /// Some points, one a row.
  private struct Tile: Sendable {
    let points: Matrix<Float>
    let norms: [Float]
  }

  /// Points of a tile: with the products of a block of queries they stay in the second level of cache.
  private static let tileSize = 1_024

  /// Features up to which products are made in lanes: at 20 these are faster than BLAS, at 784 BLAS is.
  private static let laneFeatureLimit = 96

  /// - Precondition: The queries are the points if they are `areOthers`.
  init(_ queries: Matrix<Double>, _ points: Matrix<Double>, k: Int, areOthers: Bool) {
    let d = points.columns
    let center = Self.mean(points)
    // Numbers of at most 1 have squares that single precision holds.
    let largest = Self.largest(queries, points, center)
    let unit = largest > 0 && largest.isFinite ? 1 / largest : 1
    let margin = Self.margin(d)
    let centered = Self.centered(points, center, unit)
    centeredQueries = areOthers ? centered : Self.centered(queries, center, unit)
    (self.queries, self.points) = (queries, points)
    (self.k, self.areOthers) = (k, areOthers)
    scale = largest.isFinite && largest > 0 ? unit * unit : .nan
    let norms = Self.norms(centered, margin)
    queryNorms = areOthers ? norms : Self.norms(centeredQueries, margin)
    estimates =
      d <= Self.laneFeatureLimit
      ? Self.eights(centered, norms) : .tiles(Self.tiles(centered, norms))
  }

  private static func tiles(_ centered: Matrix<Float>, _ norms: [Float]) -> [Tile] {
    let d = centered.columns
    return stride(from: 0, to: centered.rows, by: tileSize).map { first in
      let end = min(first + tileSize, centered.rows)
      return Tile(
        points: Matrix(
          rows: end - first, columns: d, elements: Array(centered.elements[first * d..<end * d])),
        norms: Array(norms[first..<end]))
    }
  }

  /// Points by eights, feature after feature; what is missing of the last eight is beyond all.
  private static func eights(_ centered: Matrix<Float>, _ norms: [Float]) -> Estimates {
    let (n, d) = (centered.rows, centered.columns)
    let count = (n + 7) / 8
    var eights = [Lanes.Octet](repeating: Lanes.Octet(repeating: 0), count: count * d)
    var squares = [Lanes.Octet](repeating: Lanes.Octet(repeating: .infinity), count: count)
    var output = eights.mutableSpan
    var sums = squares.mutableSpan
    for row in 0..<n {
      sums[row / 8][row % 8] = norms[row]
      for j in 0..<d { output[row / 8 * d + j][row % 8] = centered.elements[row * d + j] }
    }
    return .eights(eights, norms: squares)
  }

  func nearest(of range: Range<Int>) -> (indices: [Int], distances: [Double]) {
    var indices = [Int](repeating: -1, count: range.count * k)
    var nearest = [Double](repeating: .infinity, count: range.count * k)
    switch estimates {
    case .tiles(let tiles): search(tiles, range, &indices, &nearest)
    case .eights(let eights, let norms): search(eights, norms, range, &indices, &nearest)
    }
    return (indices, nearest)
  }

  private func search(
    _ tiles: [Tile], _ range: Range<Int>, _ indices: inout [Int], _ nearest: inout [Double]
  ) {
    let d = queries.columns
    let block = Matrix(
      rows: range.count, columns: d,
      elements: Array(centeredQueries.elements[range.lowerBound * d..<range.upperBound * d]))
    var products = Matrix<Float>(rows: range.count, columns: Self.tileSize)
    var start = 0
    for tile in tiles {
      let width = tile.points.rows
      if products.columns != width { products = Matrix(rows: range.count, columns: width) }
      BLAS.gemm(block, tile.points, transposeB: true, alpha: -2, into: &products)
      for query in range {
        scan(
          products.elements, (query - range.lowerBound) * width, tile.norms, query, start,
          (query - range.lowerBound) * k, &indices, &nearest)
      }
      start += width
    }
  }

  /// Offers the points of a tile that may be among the nearest.
  private func scan(
    _ products: [Float], _ row: Int, _ norms: [Float], _ query: Int, _ start: Int, _ base: Int,
    _ indices: inout [Int], _ nearest: inout [Double]
  ) {
    var limit = self.limit(query, nearest[base + k - 1])
    var place = 0
    while let found = Lanes.firstSum(
      of: products, at: row, and: norms, from: place, notBeyond: limit)
    {
      offer(start + found, to: query, base, &indices, &nearest)
      limit = self.limit(query, nearest[base + k - 1])
      place = found + 1
    }
  }

  private func search(
    _ eights: [Lanes.Octet], _ norms: [Lanes.Octet], _ range: Range<Int>, _ indices: inout [Int],
    _ nearest: inout [Double]
  ) {
    let d = queries.columns
    let fours = (range.count + 3) / 4
    var block = [Float](repeating: 0, count: fours * 4 * d)
    var limits = [SIMD4<Float>](repeating: SIMD4(repeating: -.infinity), count: fours)
    for (place, query) in range.enumerated() {
      for j in 0..<d {
        block[(place / 4 * d + j) * 4 + place % 4] = -2 * centeredQueries.elements[query * d + j]
      }
      limits[place / 4][place % 4] = limit(query, .infinity)
    }
    var sums = [Lanes.Octet](repeating: Lanes.Octet(repeating: 0), count: 4 * Lanes.stripLength)
    for start in stride(from: 0, to: norms.count, by: Lanes.stripLength) {
      let strip = start..<min(start + Lanes.stripLength, norms.count)
      for four in 0..<fours {
        let areBeyond = Lanes.sums(
          of: block, at: four * 4 * d, and: eights, norms, strip: strip, featureCount: d,
          limits: limits[four], into: &sums)
        if all(areBeyond) { continue }
        for lane in 0..<min(4, range.count - 4 * four) where !areBeyond[lane] {
          limits[four][lane] = scan(
            sums, lane, strip, range.lowerBound + 4 * four + lane, (4 * four + lane) * k,
            limits[four][lane], &indices, &nearest)
        }
      }
    }
  }

  /// Offers the points of a strip that may be among the nearest of a query, and returns its new limit.
  private func scan(
    _ sums: [Lanes.Octet], _ lane: Int, _ strip: Range<Int>, _ query: Int, _ base: Int,
    _ limit: Float, _ indices: inout [Int], _ nearest: inout [Double]
  ) -> Float {
    var limit = limit
    for eight in strip {
      let sum = sums[lane * Lanes.stripLength + eight - strip.lowerBound]
      if all(sum .> limit) { continue }
      for place in 0..<8 where !(sum[place] > limit) && 8 * eight + place < points.rows {
        offer(8 * eight + place, to: query, base, &indices, &nearest)
        limit = self.limit(query, nearest[base + k - 1])
      }
    }
    return limit
  }

  /// What an estimate without its query's part must be beyond: nothing is if that cannot be said.
  private func limit(_ query: Int, _ farthest: Double) -> Float {
    let (reach, norm) = (Float(farthest * scale), queryNorms[query])
    let limit = reach - norm + 4 * Float.ulpOfOne * (reach + norm)
    return limit.isFinite ? limit : .nan
  }

  /// Takes a point that is nearer than the farthest of the list at `base`.
  ///
  /// Points come in order of their index, so one that ties stays behind.
  private func offer(
    _ point: Int, to query: Int, _ base: Int, _ indices: inout [Int], _ nearest: inout [Double]
  ) {
    if areOthers, point == query { return }
    let d = points.columns
    var distance = 0.0
    for j in 0..<d {
      let difference = queries.elements[query * d + j] - points.elements[point * d + j]
      distance += difference * difference
    }
    var index = indices.mutableSpan
    var list = nearest.mutableSpan
    // Infinite distances fill the list only while it is not full.
    let last = base + k - 1
    guard distance < list[last] || (distance == list[last] && index[last] < 0) else { return }
    var slot = last
    while slot > base, index[slot - 1] < 0 || distance < list[slot - 1] {
      list[slot] = list[slot - 1]
      index[slot] = index[slot - 1]
      slot -= 1
    }
    list[slot] = distance
    index[slot] = point
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

  private static func largest(
    _ queries: Matrix<Double>, _ points: Matrix<Double>, _ center: [Double]
  ) -> Double {
    var largest = 0.0
    for matrix in [queries, points] {
      for row in 0..<matrix.rows {
        for j in 0..<matrix.columns {
          largest = max(largest, abs(matrix.elements[row * matrix.columns + j] - center[j]))
        }
      }
    }
    return largest
  }

  private static func centered(
    _ matrix: Matrix<Double>, _ center: [Double], _ unit: Double
  ) -> Matrix<Float> {
    let d = matrix.columns
    var elements: [Float] = []
    elements.reserveCapacity(matrix.rows * d)
    for row in 0..<matrix.rows {
      for j in 0..<d { elements.append(Float((matrix.elements[row * d + j] - center[j]) * unit)) }
    }
    return Matrix(rows: matrix.rows, columns: d, elements: elements)
  }

  private static func norms(_ matrix: Matrix<Float>, _ margin: Double) -> [Float] {
    let d = matrix.columns
    return (0..<matrix.rows).map { row in
      var sum = 0.0
      for j in 0..<d {
        let value = Double(matrix.elements[row * d + j])
        sum += value * value
      }
      return Float((1 - margin) * sum).nextDown
    }
  }
}
