/// Gaussians to the base 2 of squared distances, 2^(−‖q − x‖²), by products.
///
///     ‖q − x‖² = Σ(−2q)x + (‖q‖² + ‖x‖²)
///
/// The sum of products has an error of about √d·ε·(‖q‖² + ‖x‖²), which becomes a relative one of the
/// Gaussian. Values are symmetric to the last bit, and the same wherever a query and a point stand.
extension FloatPanels {
  /// Bytes of panels that are worked on while they stay in the second level of cache.
  private static let stripByteCount = 1 << 18

  /// Gaussians of all queries and points, a row of ⌈n/16⌉·2 vectors for each query; 2⁻¹²⁵ stands for less.
  ///
  /// - Precondition: Queries and points have the same features.
  public func gaussians(_ queries: PanelQueries<Float>) -> [[SIMD8<Float>]] {
    precondition(
      queries.featureCount == featureCount,
      "Queries of \(queries.featureCount) features for points of \(featureCount)")
    var rows = (0..<6 * queries.groupCount).map { _ in
      [SIMD8<Float>](repeating: SIMD8(repeating: 0), count: norms.count)
    }
    let length = max(1, Self.stripByteCount / (64 * max(featureCount, 1)))
    for first in stride(from: 0, to: panelCount, by: length) {
      let strip = first..<min(first + length, panelCount)
      for group in 0..<queries.groupCount {
        var six = Six(taking: &rows, at: 6 * group)
        write(
          queries, group, strip, &six.r0, &six.r1, &six.r2, &six.r3, &six.r4, &six.r5)
        six.give(back: &rows, at: 6 * group)
      }
    }
    rows.removeLast(rows.count - queries.count)
    return rows
  }

  /// Six rows, out of their array while they are written.
  private struct Six {
    var r0, r1, r2, r3, r4, r5: [SIMD8<Float>]

    init(taking rows: inout [[SIMD8<Float>]], at base: Int) {
      (r0, r1, r2, r3, r4, r5) = ([], [], [], [], [], [])
      swap(&r0, &rows[base])
      swap(&r1, &rows[base + 1])
      swap(&r2, &rows[base + 2])
      swap(&r3, &rows[base + 3])
      swap(&r4, &rows[base + 4])
      swap(&r5, &rows[base + 5])
    }

    mutating func give(back rows: inout [[SIMD8<Float>]], at base: Int) {
      swap(&r0, &rows[base])
      swap(&r1, &rows[base + 1])
      swap(&r2, &rows[base + 2])
      swap(&r3, &rows[base + 3])
      swap(&r4, &rows[base + 4])
      swap(&r5, &rows[base + 5])
    }
  }

  @inline(never)
  private func write(
    _ queries: PanelQueries<Float>, _ group: Int, _ strip: Range<Int>,
    _ r0: inout [SIMD8<Float>], _ r1: inout [SIMD8<Float>], _ r2: inout [SIMD8<Float>],
    _ r3: inout [SIMD8<Float>], _ r4: inout [SIMD8<Float>], _ r5: inout [SIMD8<Float>]
  ) {
    typealias Octet = SIMD8<Float>
    let (q, n) = (queries.values.span, norms.span)
    let base = 6 * group
    let (n0, n1) = (
      Octet(repeating: queries.norms[base]), Octet(repeating: queries.norms[base + 1])
    )
    let (n2, n3) = (
      Octet(repeating: queries.norms[base + 2]), Octet(repeating: queries.norms[base + 3])
    )
    let (n4, n5) = (
      Octet(repeating: queries.norms[base + 4]), Octet(repeating: queries.norms[base + 5])
    )
    var s0 = r0.mutableSpan
    var s1 = r1.mutableSpan
    var s2 = r2.mutableSpan
    var s3 = r3.mutableSpan
    var s4 = r4.mutableSpan
    var s5 = r5.mutableSpan
    let end = min(s0.count, s1.count, s2.count, s3.count, s4.count, s5.count)
    precondition(2 * strip.upperBound <= end && end <= n.count, "Strip \(strip) out of range")
    let zero = Octet(repeating: 0)
    // Safe: the ends were checked.
    for panel in strip {
      let s = sums(q, at: base &* featureCount, panel: panel, from: zero, zero)
      let (a, b) = unsafe (n[unchecked: 2 &* panel], n[unchecked: 2 &* panel &+ 1])
      unsafe s0[unchecked: 2 &* panel] = Lanes.powerOfTwo(ofMinus: s.a0 + (n0 + a))
      unsafe s0[unchecked: 2 &* panel &+ 1] = Lanes.powerOfTwo(ofMinus: s.b0 + (n0 + b))
      unsafe s1[unchecked: 2 &* panel] = Lanes.powerOfTwo(ofMinus: s.a1 + (n1 + a))
      unsafe s1[unchecked: 2 &* panel &+ 1] = Lanes.powerOfTwo(ofMinus: s.b1 + (n1 + b))
      unsafe s2[unchecked: 2 &* panel] = Lanes.powerOfTwo(ofMinus: s.a2 + (n2 + a))
      unsafe s2[unchecked: 2 &* panel &+ 1] = Lanes.powerOfTwo(ofMinus: s.b2 + (n2 + b))
      unsafe s3[unchecked: 2 &* panel] = Lanes.powerOfTwo(ofMinus: s.a3 + (n3 + a))
      unsafe s3[unchecked: 2 &* panel &+ 1] = Lanes.powerOfTwo(ofMinus: s.b3 + (n3 + b))
      unsafe s4[unchecked: 2 &* panel] = Lanes.powerOfTwo(ofMinus: s.a4 + (n4 + a))
      unsafe s4[unchecked: 2 &* panel &+ 1] = Lanes.powerOfTwo(ofMinus: s.b4 + (n4 + b))
      unsafe s5[unchecked: 2 &* panel] = Lanes.powerOfTwo(ofMinus: s.a5 + (n5 + a))
      unsafe s5[unchecked: 2 &* panel &+ 1] = Lanes.powerOfTwo(ofMinus: s.b5 + (n5 + b))
    }
  }
}

extension DoublePanels {
  /// Bytes of panels that are worked on while they stay in the second level of cache.
  private static let stripByteCount = 1 << 18

  /// Gaussians of all queries and points, a row of ⌈n/8⌉·8 numbers for each query; 0 beyond n.
  ///
  /// - Precondition: Queries and points have the same features.
  public func gaussians(_ queries: PanelQueries<Double>) -> Matrix<Double> {
    precondition(
      queries.featureCount == featureCount,
      "Queries of \(queries.featureCount) features for points of \(featureCount)")
    let width = Self.width * panelCount
    var values = [Double](repeating: 0, count: 6 * queries.groupCount * width)
    let length = max(1, Self.stripByteCount / (64 * max(featureCount, 1)))
    for first in stride(from: 0, to: panelCount, by: length) {
      let strip = first..<min(first + length, panelCount)
      for group in 0..<queries.groupCount { write(queries, group, strip, into: &values) }
    }
    values.removeLast(values.count - queries.count * width)
    return Matrix(rows: queries.count, columns: width, elements: values)
  }

  @inline(never)
  private func write(
    _ queries: PanelQueries<Double>, _ group: Int, _ strip: Range<Int>,
    into values: inout [Double]
  ) {
    let (q, norms) = (queries.values.span, norms.span)
    let (base, width) = (6 * group, Self.width * panelCount)
    precondition(
      (base + 6) * width <= values.count && 2 * strip.upperBound <= norms.count,
      "Strip \(strip) out of range")
    let zero = Lanes.Quad(repeating: 0)
    let queryNorms = queries.norms
    // Safe: the ends were checked; two vectors of a panel are stored for each of six rows.
    unsafe values.withUnsafeMutableBytes { bytes in
      func store(_ a: Lanes.Quad, _ b: Lanes.Quad, _ query: Int, _ panel: Int) {
        let norm = Lanes.Quad(repeating: queryNorms[base &+ query])
        let place = ((base &+ query) &* width &+ Self.width &* panel) &* MemoryLayout<Double>.stride
        let (p, r) = unsafe (norms[unchecked: 2 &* panel], norms[unchecked: 2 &* panel &+ 1])
        let (x, y) = (gaussian(a + (norm + p)), gaussian(b + (norm + r)))
        unsafe bytes.storeBytes(of: x, toByteOffset: place, as: Lanes.Quad.self)
        unsafe bytes.storeBytes(of: y, toByteOffset: place &+ 32, as: Lanes.Quad.self)
      }
      for panel in strip {
        let s = sums(q, at: base &* featureCount, panel: panel, from: zero, zero)
        store(s.a0, s.b0, 0, panel)
        store(s.a1, s.b1, 1, panel)
        store(s.a2, s.b2, 2, panel)
        store(s.a3, s.b3, 3, panel)
        store(s.a4, s.b4, 4, panel)
        store(s.a5, s.b5, 5, panel)
      }
    }
  }

  /// 2⁻ˢ; 1 where rounding left s below 0.
  @inline(__always)
  private func gaussian(_ s: Lanes.Quad) -> Lanes.Quad {
    Lanes.powerOfTwo(ofMinus: s.replacing(with: 0, where: s .< 0))
  }
}

extension Lanes {
  /// 2⁻ˢ lane by lane in single precision; 1 for s below 0, and 2⁻¹²⁵ beyond 125.
  ///
  ///     n = round(−s),   r = −s − n  (exact),   y = 1 + r·q(r),   |r| ≤ ½
  ///
  /// q interpolates (2ʳ − 1)/r at the 6 Chebyshev nodes of [−½, ½], to 5e-9; rounding makes it a relative
  /// error below 1e-7.
  @inline(__always)
  static func powerOfTwo(ofMinus s: SIMD8<Float>) -> SIMD8<Float> {
    typealias Octet = SIMD8<Float>
    var t = s.replacing(with: 0, where: s .< 0)
    t.replace(with: 125, where: t .> 125)
    // Subtracting from 1.5·2²³ rounds to an integer and leaves it in the low bits.
    let shifter = Octet(repeating: 0x1.8p23)
    let shifted = shifter - t
    let r = (shifter - shifted) - t
    var q = Octet(repeating: 0x1.44138ap-13)
    q = Octet(repeating: 0x1.5f0890p-10).addingProduct(q, r)
    q = Octet(repeating: 0x1.3b2a54p-7).addingProduct(q, r)
    q = Octet(repeating: 0x1.c6af6cp-5).addingProduct(q, r)
    q = Octet(repeating: 0x1.ebfbe0p-3).addingProduct(q, r)
    q = Octet(repeating: 0x1.62e430p-1).addingProduct(q, r)
    let y = Octet(repeating: 1).addingProduct(q, r)
    // Safe: all types are eight 32-bit lanes. Adding n to the exponent field multiplies by 2ⁿ.
    let n = unsafe unsafeBitCast(shifted, to: SIMD8<Int32>.self) &- SIMD8(repeating: 0x4B40_0000)
    let bits = unsafe unsafeBitCast(y, to: SIMD8<Int32>.self) &+ (n &<< 23)
    return unsafe unsafeBitCast(bits, to: Octet.self)
  }

  /// Adds multiples of rows in single precision to sums in double: sumsᵢ ← sumsᵢ + Σ factor·row, fused,
  /// row after row.
  ///
  /// - Precondition: Each row has an eighth as many vectors as there are sums.
  public static func addProducts(
    _ factors: [Double], of rows: [[SIMD8<Float>]], to sums: inout [Double]
  ) {
    precondition(
      factors.count == rows.count && rows.allSatisfy { 8 * $0.count == sums.count },
      "Rows of \(rows.first?.count ?? 0) vectors for \(sums.count) sums")
    let empty: [SIMD8<Float>] = []
    // Safe: rows and sums have the lengths that were checked.
    unsafe sums.withUnsafeMutableBytes { bytes in
      for first in stride(from: 0, to: rows.count, by: 4) {
        let count = min(4, rows.count - first)
        let row0 = rows[first]
        let row1 = count > 1 ? rows[first + 1] : empty
        let row2 = count > 2 ? rows[first + 2] : empty
        let row3 = count > 3 ? rows[first + 3] : empty
        let (a, b, c, d) = (row0.span, row1.span, row2.span, row3.span)
        let f0 = Vector(repeating: factors[first])
        let f1 = Vector(repeating: count > 1 ? factors[first + 1] : 0)
        let f2 = Vector(repeating: count > 2 ? factors[first + 2] : 0)
        let f3 = Vector(repeating: count > 3 ? factors[first + 3] : 0)
        for index in a.indices {
          let place = 64 &* index
          var sum = unsafe bytes.loadUnaligned(fromByteOffset: place, as: Vector.self)
          sum = unsafe sum.addingProduct(f0, Vector(a[unchecked: index]))
          if count > 1 { sum = unsafe sum.addingProduct(f1, Vector(b[unchecked: index])) }
          if count > 2 { sum = unsafe sum.addingProduct(f2, Vector(c[unchecked: index])) }
          if count > 3 { sum = unsafe sum.addingProduct(f3, Vector(d[unchecked: index])) }
          unsafe bytes.storeBytes(of: sum, toByteOffset: place, as: Vector.self)
        }
      }
    }
  }
}
