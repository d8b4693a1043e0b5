extension Lanes {
  /// The sum of all elements; 0 for none.
  ///
  /// Eight running sums, added lane by lane at the end: error at most (n/8 + 8)·ε·Σ|xᵢ|.
  public static func sum(_ values: Span<Double>) -> Double {
    fold(values, initial: 0, combine: { $0 + $1 }, finish: { $0.sum() })
  }

  /// The largest absolute value; 0 for none.
  ///
  /// The result is unspecified when an element is NaN.
  public static func maxMagnitude(_ values: Span<Double>) -> Double {
    fold(
      values, initial: 0, combine: { pointwiseMax($0, pointwiseMax($1, -$1)) },
      finish: { $0.max() })
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
