package import LinAlg

/// Groups of rows around their means.
///
/// Lloyd's iteration: each row goes to the nearest centre (the first on a tie), each centre to the
/// mean of its rows, until no row changes or 100 rounds. A centre without rows stays where it is.
///
/// Source: Lloyd, "Least squares quantization in PCM", IEEE Trans. Information Theory 28 (1982);
/// Arthur, Vassilvitskii, "k-means++", SODA 2007, for the first centres.
package struct KMeans: Sendable {
  /// The centres, k × d.
  package private(set) var centers: Matrix<Double>

  /// The group of each row.
  package private(set) var groups: [Int]

  /// Groups the rows of a matrix, at most `count` groups, from centres drawn by k-means++.
  ///
  /// - Precondition: There is a row, and `count >= 1`.
  package init(_ points: Matrix<Double>, count: Int, _ stream: inout RandomStream) {
    var chosen = [stream.integer(below: points.rows)]
    var distances = [Double](repeating: .infinity, count: points.rows)
    while chosen.count < min(count, points.rows) {
      var total = 0.0
      for row in 0..<points.rows {
        distances[row] = min(
          distances[row], Self.distance(points, row, points, chosen[chosen.count - 1]))
        total += distances[row]
      }
      // Nothing but copies of the centres is left.
      guard total > 0, total.isFinite else { break }
      var rest = stream.uniform() * total
      var next = points.rows - 1
      for row in 0..<points.rows where distances[row] > 0 {
        next = row
        rest -= distances[row]
        if rest < 0 { break }
      }
      chosen.append(next)
    }
    self.init(points, from: points.selectingRows(chosen))
  }

  /// Groups the rows of a matrix, from the given centres.
  package init(_ points: Matrix<Double>, from centers: Matrix<Double>) {
    self.centers = centers
    groups = Array(repeating: -1, count: points.rows)
    for _ in 0..<100 {
      let nearest = nearestCenters(to: points)
      guard nearest != groups else { return }
      groups = nearest
      moveCenters(points)
    }
  }

  /// The centre nearest to each row of a matrix, the first on a tie.
  func nearestCenters(to points: Matrix<Double>) -> [Int] {
    (0..<points.rows).map { row in
      var best = (center: 0, distance: Double.infinity)
      for center in 0..<centers.rows {
        let distance = Self.distance(points, row, centers, center)
        if distance < best.distance { best = (center, distance) }
      }
      return best.center
    }
  }

  private mutating func moveCenters(_ points: Matrix<Double>) {
    var sums = [Double](repeating: 0, count: centers.elements.count)
    var counts = [Int](repeating: 0, count: centers.rows)
    let d = points.columns
    let x = points.elements.span
    for (row, group) in groups.enumerated() {
      counts[group] += 1
      for j in 0..<d { sums[group * d + j] += x[row * d + j] }
    }
    for center in counts.indices where counts[center] > 0 {
      for column in 0..<centers.columns {
        centers[center, column] = sums[center * d + column] / Double(counts[center])
      }
    }
  }

  /// The squared distance of two rows.
  static func distance(
    _ a: Matrix<Double>, _ row: Int, _ b: Matrix<Double>, _ other: Int
  ) -> Double {
    let d = a.columns
    let (x, y) = (a.elements.span, b.elements.span)
    var sum = 0.0
    for j in 0..<d {
      let difference = x[row * d + j] - y[other * d + j]
      sum += difference * difference
    }
    return sum
  }
}
