package import LinAlg

/// The order in which training rows are taken as a set grows.
package enum GrowthOrder {
  /// The rows in an order of which every beginning has its share of each class.
  ///
  /// The classes follow one another as in samples of a generator with their shares, the same for every
  /// seed; which row of a class is next is decided by the stream (key, `.growth`, seed, class).
  /// - Complexity: O(n·K).
  package static func rows(
    _ rows: [Int], labels: [Int], classCount: Int, key: RandomKey, seed: UInt32
  ) -> [Int] {
    var ofClass = [[Int]](repeating: [], count: classCount)
    for row in rows { ofClass[labels[row]].append(row) }
    let counts = ofClass.map(\.count)
    for c in ofClass.indices {
      var stream = RandomStream(key: key, purpose: .growth, seed: seed, row: c)
      stream.shuffle(&ofClass[c], prefix: counts[c])
    }
    var taken = [Int](repeating: 0, count: classCount)
    return (1...max(rows.count, 1)).prefix(rows.count).map { size in
      // Counts of rows, so that rounding decides nothing: the deficit times n.
      let open = ofClass.indices.filter { taken[$0] < counts[$0] }
      let next =
        open.min { a, b in
          let (x, y) = (
            counts[a] * size - taken[a] * rows.count, counts[b] * size - taken[b] * rows.count
          )
          return x != y ? x > y : a < b
        } ?? 0
      taken[next] += 1
      return ofClass[next][taken[next] - 1]
    }
  }
}
