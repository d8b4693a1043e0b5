import LinAlg

/// Points that may be among the k nearest of each point of a block, and how far each has to look.
///
/// Of a point q, k candidates have estimates of t or less. With the margin m of `SearchSpace` a distance is at most
/// t + 4m·(‖q‖² + ‖p‖²), and ‖p‖² at most 3‖q‖² and three times the distance, which leaves room for rounding. So
///
///     reach = (t + 16m·‖q‖²) / (1 − 12m)
///
/// holds k points, and candidates beyond it are let go. Where too few are, exact distances decide.
struct PairCandidates: Sendable {
  /// A point and the least squared distance that its estimate allows.
  private struct Entry: Sendable {
    var point: Int32
    var least: Float
  }

  private let space: SearchSpace
  private let points: [Int32]

  /// The part of an estimate that is a point's own.
  let norms: [Float]

  /// How far points look, eight a vector.
  private(set) var reaches: [SIMD8<Float>]

  private let capacity: Int
  private var entries: [Entry]
  private var counts: [Int]
  /// Estimates of a point's candidates.
  private var leasts: [Float]

  /// The nearest that were ranked, −1 where there is none yet, and their squared distances.
  private var indices: [Int]
  private var distances: [Double]

  /// Margins for which the reach has a bound.
  static func canBound(_ space: SearchSpace) -> Bool { space.slack <= 1 / 32 }

  /// Room for as many again as are wanted, in whole vectors.
  private static func capacity(_ k: Int) -> Int { (2 * k + 23) / 8 * 8 }

  /// Bytes of the candidates of a point.
  static func byteCount(_ k: Int) -> Int {
    capacity(k) * MemoryLayout<Entry>.stride + 16 * k
  }

  /// Candidates of the points of a block; of those that fill up its last panel, nothing is within reach.
  ///
  /// `norms` are those of the points, and may be more.
  init(_ space: SearchSpace, _ points: [Int32], norms: [Float], panelCount: Int) {
    (self.space, self.points, self.norms) = (space, points, norms)
    capacity = Self.capacity(space.k)
    reaches = Array(repeating: SIMD8(repeating: -.infinity), count: 2 * panelCount)
    for slot in points.indices { reaches[slot >> 3][slot & 7] = .infinity }
    entries = Array(repeating: Entry(point: 0, least: 0), count: capacity * points.count)
    counts = Array(repeating: 0, count: points.count)
    leasts = Array(repeating: 0, count: capacity)
    indices = Array(repeating: -1, count: space.k * points.count)
    distances = Array(repeating: .infinity, count: space.k * points.count)
  }

  /// How far a point looks.
  @inline(__always)
  func reach(_ slot: Int) -> Float { scalar(reaches, slot) }

  /// How far six points look from one on.
  @inline(__always)
  func reaches(from first: Int) -> SIMD8<Float> { six(first, beyond: 0, of: reach) }

  /// A little less than the parts of estimates that are six points' own: limits are rounded in units of those.
  ///
  /// Nothing is within reach of what is beyond the last point.
  @inline(__always)
  func lengths(from first: Int) -> SIMD8<Float> {
    (1 - 4 * Float.ulpOfOne) * six(first, beyond: .infinity) { norms[$0] }
  }

  @inline(__always)
  private func six(_ first: Int, beyond: Float, of number: (Int) -> Float) -> SIMD8<Float> {
    var six = SIMD8<Float>(repeating: beyond)
    for lane in 0..<min(6, points.count - first) { six[lane] = number(first + lane) }
    return six
  }

  /// A point takes those of eight others that bits tell.
  ///
  /// `estimates` lack the point's own part.
  @inline(__always)
  mutating func take(
    _ slot: Int, _ bits: UInt32, _ others: borrowing Span<Int32>, from first: Int,
    _ estimates: SIMD8<Float>
  ) {
    let norm = norms[slot]
    var bits = bits
    while bits != 0 {
      let index = bits.trailingZeroBitCount
      bits &= bits &- 1
      take(slot, others[first &+ index], least: estimates[index] + norm)
    }
  }

  /// Those of eight points that bits tell take a point.
  ///
  /// `estimates` lack the point's own part, which is `norm`.
  @inline(__always)
  mutating func take(
    from first: Int, _ bits: UInt32, _ point: Int32, _ estimates: SIMD8<Float>, _ norm: Float
  ) {
    var bits = bits
    while bits != 0 {
      let index = bits.trailingZeroBitCount
      bits &= bits &- 1
      take(first &+ index, point, least: estimates[index] + norm)
    }
  }

  @inline(__always)
  private mutating func take(_ slot: Int, _ point: Int32, least: Float) {
    let count = counts[slot]
    entries[slot &* capacity &+ count] = Entry(point: point, least: least)
    counts[slot] = count &+ 1
    if count &+ 1 == capacity { narrow(slot) }
  }

  /// Draws the reach of a point in, and lets go of what is beyond it.
  @inline(never)
  private mutating func narrow(_ slot: Int) {
    drawInByEstimates(slot)
    if counts[slot] > capacity - max(space.k / 2, 8) { rank(slot) }
  }

  private mutating func drawInByEstimates(_ slot: Int) {
    let (first, count) = (slot &* capacity, counts[slot])
    for place in 0..<count { leasts[place] = entries[first &+ place].least }
    let least = Self.smallest(space.k, of: count, &leasts)
    let slack = space.slack
    drawIn(slot, to: (least + 4 * slack * norms[slot]) / (1 - 3 * slack))
    let reach = reach(slot)
    var own = entries.mutableSpan
    var kept = first
    for place in first..<first &+ count {
      let entry = own[place]
      own[kept] = entry
      kept &+= entry.least > reach ? 0 : 1
    }
    counts[slot] = kept &- first
  }

  private mutating func drawIn(_ slot: Int, to most: Float) {
    // For the rounding of the bound, and of estimates when their query's part is added.
    let reach = most + 8 * Float.ulpOfOne * abs(most)
    if reach < self.reach(slot) { reaches[slot >> 3][slot & 7] = reach }
  }

  /// The k-th smallest of the first n numbers, which are put into another order.
  ///
  /// Source: Hoare, "Algorithm 65: find", Communications of the ACM 4 (1961).
  private static func smallest(_ k: Int, of n: Int, _ numbers: inout [Float]) -> Float {
    precondition(k >= 1 && k <= n && n <= numbers.count, "The \(k)th smallest of \(n)")
    var values = numbers.mutableSpan
    var (low, high) = (0, n &- 1)
    // Safe: low and high are within the numbers, and a pivot on either side ends each walk.
    while low < high {
      let pivot = unsafe values[unchecked: (low &+ high) &>> 1]
      var (i, j) = (low, high)
      while i <= j {
        while unsafe values[unchecked: i] < pivot { i &+= 1 }
        while unsafe pivot < values[unchecked: j] { j &-= 1 }
        if i <= j {
          unsafe values.swapAt(unchecked: i, unchecked: j)
          i &+= 1
          j &-= 1
        }
      }
      if k &- 1 <= j { high = j } else if k &- 1 >= i { low = i } else { break }
    }
    return values[k &- 1]
  }

  /// Ranks what has been taken by exact distances.
  private mutating func rank(_ slot: Int) {
    let (first, k) = (slot * capacity, space.k)
    let last = counts[slot] - 1
    for start in stride(from: 0, through: last, by: 4) {
      let others = (0..<4).map { Int(entries[first + min(start + $0, last)].point) }
      let exact = space.squaredDistances(
        Int(points[slot]), others[0], others[1], others[2], others[3])
      for index in start...min(start + 3, last) {
        insert(Int(entries[first + index].point), exact[index - start], at: slot * k)
      }
    }
    counts[slot] = 0
    drawIn(slot, to: space.scaled(distances[slot * k + k - 1]))
  }

  private mutating func insert(_ point: Int, _ distance: Double, at first: Int) {
    var slot = first + space.k - 1
    guard isNearer(point, distance, than: slot) else { return }
    while slot > first, isNearer(point, distance, than: slot - 1) {
      distances[slot] = distances[slot - 1]
      indices[slot] = indices[slot - 1]
      slot -= 1
    }
    distances[slot] = distance
    indices[slot] = point
  }

  private func isNearer(_ point: Int, _ distance: Double, than slot: Int) -> Bool {
    let (other, farthest) = (indices[slot], distances[slot])
    return other < 0 || distance < farthest || (distance == farthest && point < other)
  }

  /// The neighbours of each point, nearest first.
  mutating func ranked() -> (indices: [Int], distances: [Double]) {
    for slot in points.indices {
      if counts[slot] > space.k { drawInByEstimates(slot) }
      rank(slot)
    }
    return (indices, distances)
  }
}
