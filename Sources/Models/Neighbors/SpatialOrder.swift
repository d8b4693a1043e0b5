import LinAlg

/// An order of points in which those that follow each other are near each other.
///
/// Points are halved at the median of the coordinate in which they spread widest, and the halves again. So a
/// search that begins with the blocks nearest to its queries soon knows how far it has to look.
struct SpatialOrder: Sendable {
  /// The point at each place.
  let points: [Int]

  /// Groups of so many points are halved no more.
  private static let leafSize = 64

  /// Points that a median is taken of.
  private static let sampleSize = 32

  /// The order that points have.
  init(count: Int) {
    points = Array(0..<count)
  }

  /// Orders points by coordinates, one row each.
  init(_ coordinates: Matrix<Double>) {
    var order = Array(0..<coordinates.rows)
    var groups = [0..<coordinates.rows]
    while let group = groups.popLast() {
      guard group.count > Self.leafSize, let cut = Self.cut(order, group, coordinates) else {
        continue
      }
      let middle = Self.partition(&order, group) { point in
        coordinates[point, cut.column] < cut.value
      }
      // Equal ones stay together.
      if middle == group.lowerBound || middle == group.upperBound { continue }
      groups.append(middle..<group.upperBound)
      groups.append(group.lowerBound..<middle)
    }
    points = order
  }

  /// The coordinate in which a group spreads widest, and its median there, by a sample of the group.
  private static func cut(
    _ order: [Int], _ group: Range<Int>, _ coordinates: Matrix<Double>
  ) -> (column: Int, value: Double)? {
    let sample = (0..<sampleSize).map { order[group.lowerBound + $0 * group.count / sampleSize] }
    var (column, widest) = (0, 0.0)
    for j in 0..<coordinates.columns {
      var (sum, squares) = (0.0, 0.0)
      // From one of them, so that a spread far from 0 is not lost.
      let first = coordinates[sample[0], j]
      for point in sample {
        let x = coordinates[point, j] - first
        sum += x
        squares += x * x
      }
      let spread = squares - sum * sum / Double(sampleSize)
      if spread > widest { (column, widest) = (j, spread) }
    }
    guard widest > 0 else { return nil }
    let values = sample.map { coordinates[$0, column] }.sorted()
    return (column, values[sampleSize / 2])
  }

  /// Puts the points of a group that are first before the others, and returns where these begin.
  private static func partition(
    _ order: inout [Int], _ group: Range<Int>, isFirst: (Int) -> Bool
  ) -> Int {
    var (low, high) = (group.lowerBound, group.upperBound)
    while low < high {
      if isFirst(order[low]) {
        low += 1
      } else {
        high -= 1
        order.swapAt(low, high)
      }
    }
    return low
  }
}

/// The middles of blocks of points, from which searches choose where to begin.
struct BlockCenters: Sendable {
  private let centers: [[Double]]

  /// - Parameter blocks: The points of each block, rows of `coordinates`.
  init(_ coordinates: Matrix<Double>, _ blocks: [ArraySlice<Int>], threads: Int) {
    centers = Parallel.map(blocks.count, threads: threads) { Self.mean(coordinates, blocks[$0]) }
  }

  /// All blocks, those nearest to the middle of some points first.
  func nearest(to points: ArraySlice<Int>, of coordinates: Matrix<Double>) -> [Int] {
    let middle = Self.mean(coordinates, points)
    let distances = centers.map { center in
      zip(center, middle).reduce(0.0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }
    }
    return centers.indices.sorted {
      distances[$0] < distances[$1] || (!(distances[$1] < distances[$0]) && $0 < $1)
    }
  }

  private static func mean(_ coordinates: Matrix<Double>, _ points: ArraySlice<Int>) -> [Double] {
    var mean = [Double](repeating: 0, count: coordinates.columns)
    for point in points {
      coordinates.withRow(point) { BLAS.axpy(1 / Double(points.count), $0, into: &mean) }
    }
    return mean
  }
}
