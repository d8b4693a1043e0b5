/// Points that may be among the k nearest of one query, and the nearest of those that were ranked.
struct NeighborCandidates {
  /// The query's row.
  let query: Int

  /// What estimates lack: the query's part.
  let norm: Float

  /// The nearest that were ranked, −1 where there is none yet, and their squared distances.
  private(set) var indices: [Int]
  private(set) var distances: [Double]

  /// The k smallest of the largest distances that estimates allow, ascending.
  private var mosts: [Float]
  private var taken: [(point: Int, least: Float)] = []
  private let capacity: Int

  init(_ k: Int, query: Int, norm: Float) {
    (self.query, self.norm) = (query, norm)
    indices = Array(repeating: -1, count: k)
    distances = Array(repeating: .infinity, count: k)
    mosts = Array(repeating: .infinity, count: k)
    capacity = 4 * k + 64
    taken.reserveCapacity(capacity)
  }

  /// No more than this are the k nearest away, by estimates and by what was ranked.
  var most: Float { mosts[mosts.count - 1] }
  var farthest: Double { distances[distances.count - 1] }

  /// Takes a point with the least and the largest distance that its estimate allows.
  ///
  /// Returns whether there is room for no other.
  mutating func take(_ point: Int, least: Float, most: Float) -> Bool {
    taken.append((point, least))
    var slot = mosts.count - 1
    if most < mosts[slot] {
      while slot > 0, most < mosts[slot - 1] {
        mosts[slot] = mosts[slot - 1]
        slot -= 1
      }
      mosts[slot] = most
    }
    return taken.count == capacity
  }

  /// Ranks the points taken whose least distance is not beyond a limit; of equally far ones the first is
  /// the nearest.
  ///
  /// `squaredDistances` gives those of four points.
  mutating func rank(
    within limit: Float, squaredDistances: (Int, Int, Int, Int) -> SIMD4<Double>
  ) {
    taken.removeAll { $0.least > limit }
    let last = taken.count - 1
    for first in stride(from: 0, to: taken.count, by: 4) {
      let four = squaredDistances(
        taken[first].point, taken[min(first + 1, last)].point, taken[min(first + 2, last)].point,
        taken[min(first + 3, last)].point)
      for index in first...min(first + 3, last) {
        insert(taken[index].point, four[index - first])
      }
    }
    taken.removeAll(keepingCapacity: true)
  }

  private mutating func insert(_ point: Int, _ distance: Double) {
    var slot = indices.count - 1
    guard isNearer(point, distance, than: slot) else { return }
    while slot > 0, isNearer(point, distance, than: slot - 1) {
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
}
