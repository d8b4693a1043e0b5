import Foundation
package import LinAlg

/// Isolation forest: points that few random cuts set apart are anomalous.
///
///     score(x) = 2^(−E[h(x)] / c(ψ))
///
/// h is the path length of x in a tree grown on ψ random points, c as in `IsolationTree`. Scores lie
/// in (0, 1); about ½ is ordinary.
///
/// Source: Liu, Ting, Zhou, "Isolation forest", ICDM 2008.
package struct IsolationForest: Sendable {
  private let trees: [IsolationTree]

  /// ψ, the points each tree was grown on.
  private let sampleSize: Int

  /// The score of each of the n points it was grown on.
  package let scores: [Double]

  /// Grows `treeCount` trees, each on min(`sampleLimit`, n) of the n points (n × d).
  ///
  /// Tree t draws from the stream at (key, purpose, seed, t), so trees do not depend on threads.
  package init(
    on points: Matrix<Double>, treeCount: Int = 100, sampleLimit: Int = 256, key: RandomKey,
    purpose: RandomPurpose, seed: UInt32, threads: Int = 1
  ) {
    let n = points.rows
    let sampleSize = min(n, sampleLimit)
    self.sampleSize = sampleSize
    guard n > 1 else {
      trees = []
      scores = Array(repeating: 0.5, count: n)
      return
    }
    let columns = points.transposed()
    let depthLimit = Int(ceil(log2(Double(max(sampleSize, 2)))))
    // Few groups, each with its sums: those are then added in order.
    let groups = min(treeCount, 16)
    let grown = Parallel.map(groups, threads: threads) { group in
      var trees: [IsolationTree] = []
      var totals = [Double](repeating: 0, count: n)
      var unused = [Double](repeating: 0, count: n)
      for tree in group * treeCount / groups..<(group + 1) * treeCount / groups {
        var stream = RandomStream(key: key, purpose: purpose, seed: seed, row: tree)
        if sampleSize < n {
          var sample = stream.permutation(of: n, prefix: sampleSize)
          let grown = IsolationTree(
            on: &sample, of: columns, depthLimit: depthLimit, &stream, ends: &unused)
          grown.addPathLengths(of: columns, to: &totals)
          trees.append(grown)
        } else {
          // Every point is in the sample, so its path is known once the tree is grown.
          var sample = Array(0..<n)
          trees.append(
            IsolationTree(
              on: &sample, of: columns, depthLimit: depthLimit, &stream, ends: &totals))
        }
      }
      return (trees: trees, totals: totals)
    }
    trees = grown.flatMap(\.trees)
    var totals = [Double](repeating: 0, count: n)
    for group in grown {
      for point in 0..<n { totals[point] += group.totals[point] }
    }
    scores = Self.scores(totals, treeCount: treeCount, sampleSize: sampleSize)
  }

  /// A forest of given trees, for comparison with others.
  package init(_ trees: [IsolationTree], sampleSize: Int) {
    (self.trees, self.sampleSize) = (trees, sampleSize)
    scores = []
  }

  /// The scores of points (m × d).
  package func scores(of points: Matrix<Double>) -> [Double] {
    let columns = points.transposed()
    var totals = [Double](repeating: 0, count: points.rows)
    for tree in trees { tree.addPathLengths(of: columns, to: &totals) }
    return Self.scores(totals, treeCount: trees.count, sampleSize: sampleSize)
  }

  private static func scores(
    _ totals: [Double], treeCount: Int, sampleSize: Int
  ) -> [Double] {
    let unit = Double(treeCount) * IsolationTree.averagePathLength(sampleSize)
    return totals.map { unit > 0 ? exp2(-$0 / unit) : 0.5 }
  }
}
