extension Lanes {
  /// The sum of all elements; 0 for none.
  ///
  /// Eight running sums, added lane by lane at the end: error at most (n/8 + 8)·ε·Σ|xᵢ|.
  public static func sum(_ values: Span<Double>) -> Double {
    fold(values, initial: 0, combine: { $0 + $1 }, finish: { $0.sum() })
  }

  /// The largest element; −∞ for none.
  ///
  /// The result is unspecified when an element is NaN.
  public static func max(_ values: Span<Double>) -> Double {
    fold(values, initial: -.infinity, combine: pointwiseMax, finish: { $0.max() })
  }

  /// The largest absolute value; 0 for none.
  ///
  /// The result is unspecified when an element is NaN.
  public static func maxMagnitude(_ values: Span<Double>) -> Double {
    fold(
      values, initial: 0, combine: { pointwiseMax($0, pointwiseMax($1, -$1)) },
      finish: { $0.max() })
  }

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
    precondition(
      query.count == points.rows && distances.count == points.columns,
      "\(query.count) features against points of \(points.rows), and room for "
        + "\(distances.count) distances to \(points.columns) points")
    let n = points.columns
    let d = points.rows
    let bytesPerRow = n * MemoryLayout<Double>.stride
    // Safe: vectors end inside a row of n elements; the last few columns go one by one.
    unsafe points.elements.withUnsafeBytes { points in
      unsafe distances.withUnsafeMutableBytes { output in
        var column = 0
        while column + Vector.scalarCount <= n {
          let offset = column * MemoryLayout<Double>.stride
          var total = Vector(repeating: 0)
          for j in 0..<d {
            let x = unsafe points.loadUnaligned(
              fromByteOffset: j &* bytesPerRow &+ offset, as: Vector.self)
            let difference = Vector(repeating: query[j]) - x
            total += difference * difference
          }
          unsafe output.storeBytes(of: total, toByteOffset: offset, as: Vector.self)
          column += Vector.scalarCount
        }
        let elements = unsafe points.assumingMemoryBound(to: Double.self)
        let results = unsafe output.assumingMemoryBound(to: Double.self)
        while column < n {
          var total = 0.0
          for j in 0..<d {
            let difference = unsafe query[j] - elements[j * n + column]
            total += difference * difference
          }
          unsafe results[column] = total
          column += 1
        }
      }
    }
  }

  /// Folds vectors of eight; a partial last vector is padded with `initial`.
  @inline(__always)
  private static func fold(
    _ values: Span<Double>, initial: Double, combine: (Vector, Vector) -> Vector,
    finish: (Vector) -> Double
  ) -> Double {
    var total = Vector(repeating: initial)
    let whole = values.count & ~(Vector.scalarCount - 1)
    // Safe: whole vectors lie inside the span.
    unsafe values.withUnsafeBytes { bytes in
      var index = 0
      while index < whole {
        let offset = index &* MemoryLayout<Double>.stride
        total = combine(total, unsafe bytes.loadUnaligned(fromByteOffset: offset, as: Vector.self))
        index &+= Vector.scalarCount
      }
    }
    if whole < values.count {
      var last = Vector(repeating: initial)
      for index in whole..<values.count { last[index - whole] = values[index] }
      total = combine(total, last)
    }
    return finish(total)
  }
}
