/// Inner products in single precision of a few queries with many points.
extension Lanes {
  /// Eight numbers in single precision: one AVX2 register.
  public typealias Octet = SIMD8<Float>

  /// Numbers of a query that `sums` works on at once.
  public static let stripLength = 8

  /// Writes sums of products for four queries and a strip of points, and says for which queries all are beyond
  /// a limit.
  ///
  ///     s_ip = n_p + Σ_j q_ij·x_pj,   beyond_i = ∀p: s_ip > limit_i
  ///
  /// Number 4·j + i from `start` on of `queries` is feature j of query i. Points come by eights, feature
  /// after feature; the strip is `strip`, of `stripLength` such eights at most. s of query i and the e-th eight is
  /// `sums[i · stripLength + e]`. Products are fused, in the order of features; nothing is beyond NaN.
  /// - Precondition: All have as many numbers as that takes.
  @inline(never)
  public static func sums(
    of queries: [Float], at start: Int, and points: [Octet], _ norms: [Octet], strip: Range<Int>,
    featureCount d: Int, limits: SIMD4<Float>, into sums: inout [Octet]
  ) -> SIMDMask<SIMD4<Int32>> {
    precondition(
      start >= 0 && start + 4 * d <= queries.count && strip.lowerBound >= 0
        && strip.upperBound * d <= points.count && strip.upperBound <= norms.count
        && strip.count <= stripLength && sums.count >= 4 * stripLength,
      "Strip \(strip) of \(norms.count) eights out of range")
    let (q, x, n) = (queries.span, points.span, norms.span)
    var output = sums.mutableSpan
    let (l0, l1) = (Octet(repeating: limits[0]), Octet(repeating: limits[1]))
    let (l2, l3) = (Octet(repeating: limits[2]), Octet(repeating: limits[3]))
    var (b0, b1, b2, b3) = (
      SIMDMask<SIMD8<Int32>>(repeating: true), SIMDMask<SIMD8<Int32>>(repeating: true),
      SIMDMask<SIMD8<Int32>>(repeating: true), SIMDMask<SIMD8<Int32>>(repeating: true)
    )
    var eight = strip.lowerBound
    var place = 0
    // Safe: the ends were checked.
    while eight &+ 2 <= strip.upperBound {
      let (a, b) = unsafe (n[unchecked: eight], n[unchecked: eight &+ 1])
      var (a0, a1, a2, a3) = (a, a, a, a)
      var (c0, c1, c2, c3) = (b, b, b, b)
      let (first, second) = (eight &* d, (eight &+ 1) &* d)
      for j in 0..<d {
        let (y, z) = unsafe (x[unchecked: first &+ j], x[unchecked: second &+ j])
        let from = start &+ 4 &* j
        let q0 = unsafe Octet(repeating: q[unchecked: from])
        a0 = a0.addingProduct(q0, y)
        c0 = c0.addingProduct(q0, z)
        let q1 = unsafe Octet(repeating: q[unchecked: from &+ 1])
        a1 = a1.addingProduct(q1, y)
        c1 = c1.addingProduct(q1, z)
        let q2 = unsafe Octet(repeating: q[unchecked: from &+ 2])
        a2 = a2.addingProduct(q2, y)
        c2 = c2.addingProduct(q2, z)
        let q3 = unsafe Octet(repeating: q[unchecked: from &+ 3])
        a3 = a3.addingProduct(q3, y)
        c3 = c3.addingProduct(q3, z)
      }
      unsafe output[unchecked: place] = a0
      unsafe output[unchecked: place &+ 1] = c0
      unsafe output[unchecked: place &+ 8] = a1
      unsafe output[unchecked: place &+ 9] = c1
      unsafe output[unchecked: place &+ 16] = a2
      unsafe output[unchecked: place &+ 17] = c2
      unsafe output[unchecked: place &+ 24] = a3
      unsafe output[unchecked: place &+ 25] = c3
      b0 = b0 .& (a0 .> l0) .& (c0 .> l0)
      b1 = b1 .& (a1 .> l1) .& (c1 .> l1)
      b2 = b2 .& (a2 .> l2) .& (c2 .> l2)
      b3 = b3 .& (a3 .> l3) .& (c3 .> l3)
      eight &+= 2
      place &+= 2
    }
    if eight < strip.upperBound {
      let a = unsafe n[unchecked: eight]
      var (a0, a1, a2, a3) = (a, a, a, a)
      for j in 0..<d {
        let y = unsafe x[unchecked: eight &* d &+ j]
        let from = start &+ 4 &* j
        a0 = unsafe a0.addingProduct(Octet(repeating: q[unchecked: from]), y)
        a1 = unsafe a1.addingProduct(Octet(repeating: q[unchecked: from &+ 1]), y)
        a2 = unsafe a2.addingProduct(Octet(repeating: q[unchecked: from &+ 2]), y)
        a3 = unsafe a3.addingProduct(Octet(repeating: q[unchecked: from &+ 3]), y)
      }
      unsafe output[unchecked: place] = a0
      unsafe output[unchecked: place &+ 8] = a1
      unsafe output[unchecked: place &+ 16] = a2
      unsafe output[unchecked: place &+ 24] = a3
      b0 = b0 .& (a0 .> l0)
      b1 = b1 .& (a1 .> l1)
      b2 = b2 .& (a2 .> l2)
      b3 = b3 .& (a3 .> l3)
    }
    var beyond = SIMDMask<SIMD4<Int32>>(repeating: false)
    beyond[0] = all(b0)
    beyond[1] = all(b1)
    beyond[2] = all(b2)
    beyond[3] = all(b3)
    return beyond
  }
}
