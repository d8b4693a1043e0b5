/// Picks the nearest of few points by their distances, one query after another.
///
/// A radius that holds at least k points and not many more is found by counting, from that of the
/// query before; then the points inside are ranked against each other. Both are free of branches
/// that hang on the data.
/// - Complexity: O(n) for each query, and O(k²) or, above 48, O(k log k).
struct NearestSelection {
  /// The most points that are ranked in lanes.
  private static let rankLimit = 64

  private let k: Int
  private let count: Int
  private var radius = 0.0
  private var places: [Int32]
  private var values: [Double]
  private var ranks: [Int64]

  /// Prepares for the k nearest of n points.
  ///
  /// - Precondition: `0 < k <= n < 2³¹`.
  init(_ k: Int, of n: Int) {
    self.k = k
    count = n
    places = Array(repeating: 0, count: n + 4)
    values = Array(repeating: .infinity, count: Self.rankLimit)
    ranks = Array(repeating: 0, count: Self.rankLimit)
  }

  /// Writes the k places with the smallest numbers, and those, ascending; ties in the order of places.
  ///
  /// NaN is larger than all. The numbers are in vectors of four, with NaN after the last.
  mutating func select(
    from distances: [Quad], into indices: inout MutableSpan<Int>,
    _ nearest: inout MutableSpan<Double>, at base: Int
  ) {
    findRadius(distances)
    let found = Self.collect(distances, count, within: radius, into: &places)
    if found >= k, found <= Self.rankLimit {
      Self.gather(found, places, distances, into: &values)
      Self.rank(found, k, places, values, &ranks, &indices, &nearest, base)
    } else {
      sort(distances, &indices, &nearest, base)
    }
  }

  /// Sets a radius within which at least k numbers are, and few more, if there is one.
  private mutating func findRadius(_ distances: [Quad]) {
    let most = k + max(12, k / 4)
    let wanted = Double(k + 6)
    var (low, high) = (0.0, Double.infinity)
    for _ in 0..<12 {
      let found = within(distances)
      if found >= k, found <= most { return }
      if found < k { low = max(low, radius) } else { high = min(high, radius) }
      // In four dimensions as many more are within the root of as many times the squared radius.
      var next = radius * (wanted / Double(max(found, 1))).squareRoot()
      if !(next > low && next < high) {
        next = high.isFinite ? (low + high) / 2 : low > 0 ? 2 * low : mean(distances)
      }
      guard next != radius, next.isFinite else { return }
      radius = next
    }
  }

  private func within(_ distances: [Quad]) -> Int {
    let d = distances.span
    let limit = Quad(repeating: radius)
    var (a, b) = (SIMD4<Int64>(repeating: 0), SIMD4<Int64>(repeating: 0))
    // Safe: places are inside; a mask is −1 where it holds, so that it can be subtracted.
    var place = 0
    while place &+ 1 < d.count {
      unsafe a &-= unsafeBitCast(d[unchecked: place] .<= limit, to: SIMD4<Int64>.self)
      unsafe b &-= unsafeBitCast(d[unchecked: place &+ 1] .<= limit, to: SIMD4<Int64>.self)
      place &+= 2
    }
    if place < d.count {
      unsafe a &-= unsafeBitCast(d[unchecked: place] .<= limit, to: SIMD4<Int64>.self)
    }
    return Int((a &+ b).wrappedSum())
  }

  /// The mean of the finite numbers: where a search without a guess begins.
  private func mean(_ distances: [Quad]) -> Double {
    var (sum, used) = (0.0, 0.0)
    for place in 0..<count {
      let value = distances[place >> 2][place & 3]
      if value.isFinite { (sum, used) = (sum + value, used + 1) }
    }
    return used > 0 ? sum / used : 0
  }

  /// Lists the places within a radius, and counts them.
  private static func collect(
    _ distances: [Quad], _ count: Int, within radius: Double, into places: inout [Int32]
  ) -> Int {
    precondition(count <= 4 * distances.count && count + 4 <= places.count, "Places out of range")
    let d = distances.span
    var list = places.mutableSpan
    var found = 0
    // Safe: the counts were checked, and at most as many are found as there are. What comes after the
    // last is NaN, which is not within anything. Lanes, as a plain loop becomes one of branches.
    for quad in 0..<(count &+ 3) >> 2 {
      let isWithin = unsafe d[unchecked: quad] .<= Quad(repeating: radius)
      let place = Int32(truncatingIfNeeded: quad &<< 2)
      for lane in 0..<4 {
        unsafe list[unchecked: found] = place &+ Int32(truncatingIfNeeded: lane)
        found &+= isWithin[lane] ? 1 : 0
      }
    }
    return found
  }

  /// Copies what was found, and what is farther than all up to the next multiple of 8.
  private static func gather(
    _ found: Int, _ places: [Int32], _ distances: [Quad], into values: inout [Double]
  ) {
    let list = places.span
    let d = unsafe distances.span.bytes
    var column = values.mutableSpan
    for place in 0..<found {
      // Safe: places are those of distances.
      column[place] = unsafe d.unsafeLoad(fromByteOffset: Int(list[place]) &<< 3, as: Double.self)
    }
    for place in found..<(found + 7) & ~7 { column[place] = .infinity }
  }

  /// Ranks what was found by counting, for each, the smaller ones.
  private static func rank(
    _ found: Int, _ k: Int, _ places: [Int32], _ values: [Double], _ ranks: inout [Int64],
    _ indices: inout MutableSpan<Int>, _ nearest: inout MutableSpan<Double>, _ base: Int
  ) {
    precondition(
      values.count == rankLimit && ranks.count == rankLimit && found <= rankLimit
        && found <= places.count && base >= 0 && base + k <= indices.count
        && indices.count == nearest.count, "Ranks out of range")
    let (list, column) = (places.span, values.span)
    var counts = ranks.mutableSpan
    for first in stride(from: 0, to: found, by: 8) {
      let x = Self.quad(column, first)
      let y = Self.quad(column, first &+ 4)
      var (a, b) = (SIMD4<Int64>(repeating: 0), SIMD4<Int64>(repeating: 0))
      for other in 0..<found {
        // Safe: the ends were checked; a mask is −1 where it holds.
        let value = unsafe Quad(repeating: column[unchecked: other])
        unsafe a &-= unsafeBitCast(value .< x, to: SIMD4<Int64>.self)
        unsafe b &-= unsafeBitCast(value .< y, to: SIMD4<Int64>.self)
      }
      for lane in 0..<4 {
        unsafe counts[unchecked: first &+ lane] = a[lane]
        unsafe counts[unchecked: first &+ 4 &+ lane] = b[lane]
      }
    }
    var taken: UInt64 = 0
    for place in 0..<found {
      // Equal numbers have the same count; they take the free ranks after it in their order.
      // Safe: the ends were checked.
      var rank = unsafe Int(truncatingIfNeeded: counts[unchecked: place])
      while taken >> UInt64(truncatingIfNeeded: rank) & 1 == 1 { rank &+= 1 }
      taken |= 1 &<< UInt64(truncatingIfNeeded: rank)
      guard rank < k else { continue }
      unsafe indices[unchecked: base &+ rank] = Int(list[unchecked: place])
      unsafe nearest[unchecked: base &+ rank] = column[unchecked: place]
    }
  }

  /// Four numbers from a place on, all of which must be there.
  @inline(__always)
  private static func quad(_ values: borrowing Span<Double>, _ place: Int) -> Quad {
    unsafe Quad(
      values[unchecked: place], values[unchecked: place &+ 1], values[unchecked: place &+ 2],
      values[unchecked: place &+ 3])
  }

  /// Sorts all of what was found, or everything where that is too little.
  private mutating func sort(
    _ distances: [Quad], _ indices: inout MutableSpan<Int>, _ nearest: inout MutableSpan<Double>,
    _ base: Int
  ) {
    let value = { (place: Int) in distances[place >> 2][place & 3] }
    var order = (0..<count).filter { value($0) <= radius }
    if order.count < k { order = Array(0..<count) }
    order.sort { first, second in
      let (a, b) = (value(first), value(second))
      if a.isNaN || b.isNaN { return a.isNaN == b.isNaN ? first < second : b.isNaN }
      return a < b || (a == b && first < second)
    }
    for rank in 0..<k {
      indices[base + rank] = order[rank]
      nearest[base + rank] = value(order[rank])
    }
  }
}
