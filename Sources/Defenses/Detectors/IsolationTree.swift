import Foundation
package import LinAlg

/// A tree of random cuts, and how deep each point comes to lie in it.
package struct IsolationTree: Sendable {
  /// The column that each node cuts; −1 for a leaf.
  private var columns: [Int]

  /// Values of at most this go to the left.
  private var thresholds: [Double]

  /// The child on the left; the one on the right follows it.
  private var children: [Int]

  /// The path length of a point that ends in each leaf.
  private var lengths: [Double]

  /// Average path length of an unsuccessful search among `count` points in a binary search tree.
  ///
  ///     c(m) = 2·H(m − 1) − 2(m − 1)/m,   H(i) = ln i + 0.5772156649;   c(2) = 1, c(1) = 0
  package static func averagePathLength(_ count: Int) -> Double {
    guard count > 2 else { return count == 2 ? 1 : 0 }
    let m = Double(count)
    return 2 * (log(m - 1) + 0.577_215_664_901_532_9) - 2 * (m - 1) / m
  }

  /// A tree given node by node, for comparison with others.
  ///
  /// `left` and `right` are the children, `counts` the points that ended in each node of the sample
  /// it was grown on; a leaf has the column −1.
  package init(
    columns: [Int], thresholds: [Double], left: [Int], right: [Int], counts: [Int]
  ) {
    self.init()
    var queue = [(node: 0, depth: 0)]
    var place = 0
    append()
    while place < queue.count {
      let (node, depth) = queue[place]
      if columns[node] < 0 {
        lengths[place] = Double(depth) + Self.averagePathLength(counts[node])
      } else {
        (self.columns[place], self.thresholds[place]) = (columns[node], thresholds[node])
        children[place] = self.columns.count
        append()
        append()
        queue.append((left[node], depth + 1))
        queue.append((right[node], depth + 1))
      }
      place += 1
    }
  }

  private init() { (columns, thresholds, children, lengths) = ([], [], [], []) }

  private mutating func append() {
    columns.append(-1)
    thresholds.append(0)
    children.append(-1)
    lengths.append(0)
  }

  /// Grows a tree on the points of `sample`, which comes back in another order.
  ///
  /// `points` is d × n, one *column* each. Growth ends at `depthLimit`, at one point, and where all
  /// points are the same. `ends` gets the path length of every point of the sample.
  init(
    on sample: inout [Int], of points: Matrix<Double>, depthLimit: Int,
    _ stream: inout RandomStream, ends: inout [Double]
  ) {
    self.init()
    append()
    var open = [(node: 0, range: 0..<sample.count, depth: 0)]
    let n = points.columns
    let x = points.elements.span
    var columns = Array(0..<points.rows)
    while let (node, range, depth) = open.popLast() {
      guard depth < depthLimit, range.count > 1,
        let cut = Self.cut(x, n, sample.span, range, &columns, &stream)
      else {
        let length = Double(depth) + Self.averagePathLength(range.count)
        lengths[node] = length
        for place in range { ends[sample[place]] += length }
        continue
      }
      let middle = Self.partition(x, cut.column * n, cut.threshold, &sample, range)
      (self.columns[node], thresholds[node]) = (cut.column, cut.threshold)
      let child = self.columns.count
      children[node] = child
      append()
      append()
      open.append((child, range.lowerBound..<middle, depth + 1))
      open.append((child + 1, middle..<range.upperBound, depth + 1))
    }
  }

  /// A column in which the points differ, at random, and a value between their smallest and largest.
  private static func cut(
    _ x: borrowing Span<Double>, _ n: Int, _ sample: borrowing Span<Int>, _ range: Range<Int>,
    _ columns: inout [Int], _ stream: inout RandomStream
  ) -> (column: Int, threshold: Double)? {
    var left = columns.count
    while left > 0 {
      let pick = stream.integer(below: left)
      let column = columns[pick]
      var (low, high) = (Double.infinity, -Double.infinity)
      for place in range {
        let value = x[column * n + sample[place]]
        low = min(low, value)
        high = max(high, value)
      }
      if low < high {
        let threshold = low + stream.uniform() * (high - low)
        return (column, threshold < high ? threshold : low)
      }
      left -= 1
      columns.swapAt(pick, left)
    }
    return nil
  }

  /// Moves values of at most the threshold to the front; returns where the others begin.
  private static func partition(
    _ x: borrowing Span<Double>, _ base: Int, _ threshold: Double, _ sample: inout [Int],
    _ range: Range<Int>
  ) -> Int {
    var middle = range.lowerBound
    var points = sample.mutableSpan
    for place in range where x[base + points[place]] <= threshold {
      let point = points[place]
      points[place] = points[middle]
      points[middle] = point
      middle += 1
    }
    return middle
  }

  /// Adds the path lengths of all points (d × n, one *column* each) to `totals`.
  package func addPathLengths(of points: Matrix<Double>, to totals: inout [Double]) {
    let n = points.columns
    let x = points.elements.span
    let (columns, thresholds, children) = (columns.span, thresholds.span, children.span)
    for point in 0..<n {
      var node = 0
      while columns[node] >= 0 {
        node = children[node] + (x[columns[node] * n + point] <= thresholds[node] ? 0 : 1)
      }
      totals[point] += lengths[node]
    }
  }
}
