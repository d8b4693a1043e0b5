/// Which training rows may be among the k nearest of eight validation rows at a time.
///
/// Distances in single precision, r̂ of the true r, are off by no more than
///
///     r̂ ≤ (r + E)(1 + η),   r ≤ (r̂ + E)(1 + 2η),   η = (d + 2)u,   E = 2√d·M·u
///
/// with the largest magnitude M of a feature and u = 2⁻²³: both numbers of a difference are off by M·u/2, and d
/// fused products and the difference by u/2 each. k rows have r̂ ≤ T, so the k nearest have
/// r̂ ≤ (T + 2E)(1 + 4η): all rows beyond it are passed over, and exact distances decide among the others.
///
/// T is the k-th smallest of the least distances of groups of four rows.
///
/// Complexity: O(n·d) for eight rows.
struct NeighborEstimates: Sendable {
  /// Validation rows at a time.
  static let queryCount = 8

  private typealias Octet = SIMD8<Float>

  /// Features as large as this have squares that single precision does not hold.
  private static let largestMagnitude = 1e18

  private let d: Int
  private let validationCount: Int
  private var points: [Float]
  private var count = 0
  private var query: [Octet]
  private var distances: [Octet]
  private var nearest: [Octet]
  private var magnitude = 0.0

  /// The places of the rows that were found, ascending.
  private(set) var places: [Int]

  init(_ shape: SeedBatch.Shape, neighborCount k: Int) {
    d = shape.featureCount
    validationCount = shape.validationCount
    let zero = Octet(repeating: 0)
    points = Array(repeating: 0, count: shape.sampleCount * d)
    query = Array(repeating: zero, count: d)
    distances = Array(repeating: zero, count: shape.sampleCount)
    nearest = Array(repeating: zero, count: k)
    places = Array(repeating: 0, count: shape.sampleCount)
  }

  /// Takes the rows to choose from, and the validation rows of a lane.
  ///
  /// Returns whether numbers are so small that estimates hold.
  mutating func begin(_ rows: NeighborRows, _ batch: SeedBatch, _ lane: Int) -> Bool {
    count = rows.count
    var largest = 0.0
    var isFinite = true
    for index in 0..<count * d {
      let value = rows.points[index]
      points[index] = Float(value)
      largest = max(largest, abs(value))
      isFinite = isFinite && value.isFinite
    }
    for features in batch.validationColumns {
      largest = max(largest, abs(features[lane]))
      isFinite = isFinite && features[lane].isFinite
    }
    magnitude = largest * Double(d).squareRoot()
    return isFinite && magnitude < Self.largestMagnitude
  }

  /// Finds the rows that may be among the nearest of eight validation rows, and returns their number.
  mutating func find(_ batch: SeedBatch, _ lane: Int, from first: Int) -> Int {
    let last = validationCount - 1
    for j in 0..<d {
      var features = Octet(repeating: 0)
      for offset in 0..<Self.queryCount {
        features[offset] = Float(
          batch.validationColumns[j * validationCount + min(first + offset, last)][lane])
      }
      query[j] = features
    }
    for slot in nearest.indices { nearest[slot] = Octet(repeating: .infinity) }
    if nearest.count <= 5 {
      Self.scan5(points, query, count, into: &distances, &nearest)
    } else {
      Self.scan(points, query, count, into: &distances, &nearest)
    }
    return Self.select(distances, count, within: limit(nearest[nearest.count - 1]), &places)
  }

  /// ((T + 2E)(1 + 4η))², and the room that underflow needs.
  ///
  /// (1 + 4η)² is at most 1 + 16η for η ≤ ½, and the roundings here are in what that leaves over.
  private func limit(_ square: Octet) -> Octet {
    let unit = Float.ulpOfOne
    let margin = 4 * unit * Float(magnitude)
    let factor = 1 + 16 * Float(d + 2) * unit
    let reach = square.squareRoot() + Octet(repeating: margin)
    return reach * reach * factor + Octet(repeating: Float(d + 1) * Float.leastNormalMagnitude)
  }
}

extension NeighborEstimates {
  /// Distances to all rows, and the five smallest of groups of four.
  private static func scan5(
    _ points: [Float], _ query: [Octet], _ count: Int, into distances: inout [Octet],
    _ nearest: inout [Octet]
  ) {
    let infinite = Octet(repeating: .infinity)
    var (n0, n1, n2, n3, n4) = (infinite, infinite, infinite, infinite, infinite)
    forEachGroup(points, query, count, into: &distances) { least in
      var least = least
      (n0, least) = sorted(n0, least)
      (n1, least) = sorted(n1, least)
      (n2, least) = sorted(n2, least)
      (n3, least) = sorted(n3, least)
      (n4, least) = sorted(n4, least)
    }
    let found = [n0, n1, n2, n3, n4]
    for slot in nearest.indices { nearest[slot] = found[slot] }
  }

  /// Distances to all rows, and the smallest of groups of four.
  private static func scan(
    _ points: [Float], _ query: [Octet], _ count: Int, into distances: inout [Octet],
    _ nearest: inout [Octet]
  ) {
    var slots = nearest.mutableSpan
    forEachGroup(points, query, count, into: &distances) { least in
      var least = least
      for slot in slots.indices { (slots[slot], least) = sorted(slots[slot], least) }
    }
  }

  /// Writes all distances, and gives away the least of every four rows.
  @inline(__always)
  private static func forEachGroup(
    _ points: [Float], _ query: [Octet], _ count: Int, into distances: inout [Octet],
    _ take: (Octet) -> Void
  ) {
    let d = query.count
    precondition(
      count * d <= points.count && count <= distances.count, "\(count) rows out of range")
    let (x, q) = (points.span, query.span)
    var output = distances.mutableSpan
    var row = 0
    // Safe: the ends were checked.
    while row &+ 4 <= count {
      let zero = Octet(repeating: 0)
      var (s0, s1, s2, s3) = (zero, zero, zero, zero)
      let base = row &* d
      for j in 0..<d {
        let y = unsafe q[unchecked: j]
        let d0 = unsafe y - Octet(repeating: x[unchecked: base &+ j])
        let d1 = unsafe y - Octet(repeating: x[unchecked: base &+ d &+ j])
        let d2 = unsafe y - Octet(repeating: x[unchecked: base &+ 2 &* d &+ j])
        let d3 = unsafe y - Octet(repeating: x[unchecked: base &+ 3 &* d &+ j])
        s0 = s0.addingProduct(d0, d0)
        s1 = s1.addingProduct(d1, d1)
        s2 = s2.addingProduct(d2, d2)
        s3 = s3.addingProduct(d3, d3)
      }
      unsafe output[unchecked: row] = s0
      unsafe output[unchecked: row &+ 1] = s1
      unsafe output[unchecked: row &+ 2] = s2
      unsafe output[unchecked: row &+ 3] = s3
      take(smaller(smaller(s0, s1), smaller(s2, s3)))
      row &+= 4
    }
    while row < count {
      var sum = Octet(repeating: 0)
      for j in 0..<d {
        let difference = unsafe q[unchecked: j] - Octet(repeating: x[unchecked: row &* d &+ j])
        sum = sum.addingProduct(difference, difference)
      }
      unsafe output[unchecked: row] = sum
      take(sum)
      row &+= 1
    }
  }

  /// Writes the places at which any distance is within its limit, and returns their number.
  private static func select(
    _ distances: [Octet], _ count: Int, within limit: Octet, _ places: inout [Int]
  ) -> Int {
    precondition(count <= distances.count && count <= places.count, "\(count) rows out of range")
    let x = distances.span
    var output = places.mutableSpan
    var found = 0
    // Safe: the ends were checked, and no more are found than there are. Without branches: whether a row is
    // near is as good as random.
    for place in 0..<count {
      unsafe output[unchecked: found] = place
      let isNear = unsafe unsafeBitCast(x[unchecked: place] .<= limit, to: SIMD8<Int32>.self)
      let halves = isNear.lowHalf | isNear.highHalf
      let quarters = halves.lowHalf | halves.highHalf
      found &-= Int(quarters.x | quarters.y)
    }
    return found
  }

  @inline(__always)
  private static func smaller(_ a: Octet, _ b: Octet) -> Octet {
    a.replacing(with: b, where: b .< a)
  }

  /// Two numbers in ascending order, lane by lane.
  @inline(__always)
  private static func sorted(_ a: Octet, _ b: Octet) -> (Octet, Octet) {
    let isLess = b .< a
    return (a.replacing(with: b, where: isLess), b.replacing(with: a, where: isLess))
  }
}
