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

  /// Ranks the points taken whose least distance is not beyond a limit.
  ///
  /// Points come in the order of their index, so one that ties stays behind.
  mutating func rank(within limit: Float, distance: (Int) -> Double) {
    let last = indices.count - 1
    for (point, least) in taken where !(least > limit) {
      let distance = distance(point)
      // Infinite distances fill the list only while it is not full.
      guard distance < distances[last] || (distance == distances[last] && indices[last] < 0)
      else { continue }
      var slot = last
      while slot > 0, indices[slot - 1] < 0 || distance < distances[slot - 1] {
        distances[slot] = distances[slot - 1]
        indices[slot] = indices[slot - 1]
        slot -= 1
      }
      distances[slot] = distance
      indices[slot] = point
    }
    taken.removeAll(keepingCapacity: true)
  }
}
