/// One row against many, in lanes over the many.
extension Lanes {
  /// The squared Euclidean distances from one point to many.
  ///
  ///     distances[i] = Σⱼ (query[j] − points[j, i])²
  ///
  /// Shapes: query d; points d × n, one *column* each; distances n. Terms are added in the order of
  /// j, each product rounded before it is added, so the result has the bits of the plain loop:
  /// distances that tie there tie here.
  /// - Precondition: The shapes agree.
  /// - Complexity: n·d subtractions, products and sums, in lanes over n.
  public static func squaredDistances(
    from query: Span<Double>, toColumnsOf points: Matrix<Double>, into distances: inout [Double]
  ) {
    fold(
      query, points, into: &distances,
      vector: { total, q, x in
        let difference = q - x
        return total + difference * difference
      },
      scalar: { total, q, x in total + (q - x) * (q - x) })
  }

  /// The same in vectors of four, the same bits.
  ///
  /// Shapes: the query is d numbers from `start` on; column j of the points begins at vector
  /// j · count and is `count` vectors long, as are the distances.
  /// - Precondition: All of it lies inside the arrays.
  public static func squaredDistances(
    from queries: [Double], at start: Int, featureCount d: Int, to columns: [Quad],
    into distances: inout [Quad]
  ) {
    let count = distances.count
    precondition(
      start >= 0 && d >= 0 && start + d <= queries.count && d * count <= columns.count,
      "\(d) features at \(start) of \(queries.count) against \(columns.count) vectors")
    guard count > 0 else { return }
    let (query, x) = (queries.span, columns.span)
    var output = distances.mutableSpan
    let zero = Quad(repeating: 0)
    // Safe: the ends were checked; the last group repeats the last vector.
    var q = 0
    while q < count {
      let (q1, q2) = (Swift.min(q &+ 1, count &- 1), Swift.min(q &+ 2, count &- 1))
      let q3 = Swift.min(q &+ 3, count &- 1)
      var (s0, s1, s2, s3) = (zero, zero, zero, zero)
      var column = 0
      for j in 0..<d {
        let p = unsafe Quad(repeating: query[unchecked: start &+ j])
        let d0 = unsafe p - x[unchecked: column &+ q]
        let d1 = unsafe p - x[unchecked: column &+ q1]
        let d2 = unsafe p - x[unchecked: column &+ q2]
        let d3 = unsafe p - x[unchecked: column &+ q3]
        s0 += d0 * d0
        s1 += d1 * d1
        s2 += d2 * d2
        s3 += d3 * d3
        column &+= count
      }
      // Where vectors repeat they are equal, so the order does not matter.
      unsafe output[unchecked: q] = s0
      unsafe output[unchecked: q1] = s1
      unsafe output[unchecked: q2] = s2
      unsafe output[unchecked: q3] = s3
      q &+= 4
    }
  }

  /// The inner products of one row with many.
  ///
  ///     products[i] = Σⱼ row[j]·points[j, i]
  ///
  /// Shapes: row d; points d × n, one *column* each; products n. Terms are added in the order of j
  /// by fused multiply-add.
  /// - Precondition: The shapes agree.
  /// - Complexity: n·d multiplications, in lanes over n.
  public static func products(
    of row: Span<Double>, withColumnsOf points: Matrix<Double>, into products: inout [Double]
  ) {
    fold(
      row, points, into: &products, vector: { $0.addingProduct($1, $2) },
      scalar: { $0.addingProduct($1, $2) })
  }

  /// Folds the features of each column with those of the row, from 0 on.
  @inline(__always)
  private static func fold(
    _ row: Span<Double>, _ points: Matrix<Double>, into results: inout [Double],
    vector: (Vector, Vector, Vector) -> Vector, scalar: (Double, Double, Double) -> Double
  ) {
    precondition(
      row.count == points.rows && results.count == points.columns,
      "\(row.count) features against points of \(points.rows), and room for "
        + "\(results.count) results of \(points.columns) points")
    let n = points.columns
    let d = points.rows
    let bytesPerRow = n * MemoryLayout<Double>.stride
    // Safe: vectors end inside a row of n elements; the last few columns go one by one.
    unsafe points.elements.withUnsafeBytes { points in
      unsafe results.withUnsafeMutableBytes { output in
        var column = 0
        while column + Vector.scalarCount <= n {
          let offset = column * MemoryLayout<Double>.stride
          var total = Vector(repeating: 0)
          for j in 0..<d {
            let x = unsafe points.loadUnaligned(
              fromByteOffset: j &* bytesPerRow &+ offset, as: Vector.self)
            total = vector(total, Vector(repeating: row[j]), x)
          }
          unsafe output.storeBytes(of: total, toByteOffset: offset, as: Vector.self)
          column += Vector.scalarCount
        }
        let elements = unsafe points.assumingMemoryBound(to: Double.self)
        let sums = unsafe output.assumingMemoryBound(to: Double.self)
        while column < n {
          var total = 0.0
          for j in 0..<d { total = unsafe scalar(total, row[j], elements[j * n + column]) }
          unsafe sums[column] = total
          column += 1
        }
      }
    }
  }
}
