extension RandomStream {
  /// A number uniform on the multiples of 2⁻⁵³ in [0, 1); takes two words.
  public mutating func uniform() -> Double {
    Double(next53Bits()) * 0x1p-53
  }

  /// A number uniform on [lower, upper], rounded to a double; takes two words.
  ///
  /// The result never leaves the interval, whatever the rounding.
  /// - Precondition: Both ends are finite and `lower <= upper`.
  public mutating func uniform(from lower: Double, to upper: Double) -> Double {
    precondition(
      lower.isFinite && upper.isFinite && lower <= upper,
      "No uniform number between \(lower) and \(upper)")
    let u = uniform()
    // Two products cannot overflow where upper - lower would.
    return min(max(lower * (1 - u) + upper * u, lower), upper)
  }

  /// Numbers uniform on the intervals [lower, upper], one after another, as `uniform(from:to:)`.
  ///
  /// - Precondition: As many lower as upper ends, all finite, and `lower <= upper`.
  public mutating func uniforms(
    from lower: [Double], to upper: [Double], appendingTo values: inout [Double]
  ) {
    precondition(lower.count == upper.count, "\(lower.count) lower, \(upper.count) upper ends")
    if lower.count > 2 { expectMany() }
    for index in lower.indices {
      values.append(uniform(from: lower[index], to: upper[index]))
    }
  }

  /// An integer uniform on 0..<bound, without bias; takes one word, rarely more.
  ///
  /// Multiply-and-reject: the high half of word × bound is uniform once the few low halves that
  /// would favour some results are refused.
  /// - Precondition: `1 <= bound < 2³²`.
  ///
  /// Source: Lemire, "Fast random integer generation in an interval", ACM TOMACS 29 (2019).
  public mutating func integer(below bound: Int) -> Int {
    precondition(bound >= 1 && bound <= Int(UInt32.max), "No integer below \(bound)")
    let n = UInt32(bound)
    var product = UInt64(nextWord()) &* UInt64(n)
    if UInt32(truncatingIfNeeded: product) < n {
      let threshold = (0 &- n) % n
      while UInt32(truncatingIfNeeded: product) < threshold {
        product = UInt64(nextWord()) &* UInt64(n)
      }
    }
    return Int(product >> 32)
  }

  /// A standard normal number; takes two words.
  ///
  /// The quantile function at the midpoint of one of 2⁵³ equal cells: monotone in its uniform, so
  /// common random numbers stay coupled; never infinite (|z| < 8.3).
  public mutating func normal() -> Double {
    // Midpoints of the upper half are mirrored, because 1 - u/2 is not exact there.
    let cell = next53Bits()
    let half: UInt64 = 1 << 52
    if cell < half {
      return NormalDistribution.quantile((Double(cell) + 0.5) * 0x1p-53)
    }
    return -NormalDistribution.quantile((Double((1 << 53) - 1 - cell) + 0.5) * 0x1p-53)
  }

  /// Standard normal numbers, one after another, as `normal()`.
  public mutating func normals(_ count: Int, appendingTo values: inout [Double]) {
    if count > 2 { expectMany() }
    for _ in 0..<count { values.append(normal()) }
  }

  /// A uniformly random order of 0..<count, or the first entries of one.
  ///
  /// Fisher-Yates from the front, so the first k entries are decided by the first k draws.
  /// - Precondition: `0 <= prefix <= count < 2³²`.
  public mutating func permutation(of count: Int, prefix: Int? = nil) -> [Int] {
    precondition(count >= 0, "No permutation of \(count) items")
    var order = Array(0..<count)
    shuffle(&order, prefix: prefix ?? count)
    order.removeLast(count - (prefix ?? count))
    return order
  }

  /// Puts a uniformly random choice of the items, in random order, at the first `prefix` places.
  ///
  /// The first draws of `permutation(of:)`, applied to what is there.
  /// - Precondition: `0 <= prefix <= items.count < 2³²`.
  public mutating func shuffle(_ items: inout [Int], prefix: Int) {
    precondition(prefix >= 0 && prefix <= items.count, "No \(prefix) of \(items.count) items")
    if prefix > 4 { expectMany() }
    for position in 0..<min(prefix, max(items.count - 1, 0)) {
      items.swapAt(position, position + integer(below: items.count - position))
    }
  }

  private mutating func next53Bits() -> UInt64 {
    let high = UInt64(nextWord() >> 5)
    let low = UInt64(nextWord() >> 6)
    return high << 26 | low
  }
}
