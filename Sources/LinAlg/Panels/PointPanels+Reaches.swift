extension FloatPanels {
  /// Writes estimates for a group of queries and a strip of panels, and says which are within reach of the query
  /// or of a point.
  ///
  ///     s_ip = norm_p + Σ_j (−2q_ij)·x_pj
  ///
  /// Bit 6·v + i is clear if s_ip + length_i > max(reach_i, reach_p) for all points of panel v of the strip, which
  /// are the vectors from `sums[i · 2 · stripLength + 2v]` on.
  /// - Precondition: The strip is `stripLength` panels at most; there are reaches of its points, two vectors a
  ///   panel, and there is room for six queries.
  @inline(never)
  public func estimates(
    _ queries: PanelQueries<Float>, group: Int, strip: Range<Int>, lengths: SIMD8<Float>,
    reaches: SIMD8<Float>, _ pointReaches: [SIMD8<Float>], into sums: inout [SIMD8<Float>]
  ) -> UInt32 {
    precondition(
      queries.featureCount == featureCount && group >= 0 && group < queries.groupCount
        && strip.lowerBound >= 0 && strip.upperBound <= panelCount
        && pointReaches.count >= 2 * panelCount
        && strip.count <= Self.stripLength && sums.count >= 12 * Self.stripLength,
      "Strip \(strip) of \(panelCount) panels for group \(group) of \(queries.groupCount)")
    let (q, n, r) = (queries.values.span, norms.span, pointReaches.span)
    var output = sums.mutableSpan
    let start = 6 * group * featureCount
    let limits = reaches - lengths
    var bits: UInt32 = 0
    let row = 2 * Self.stripLength
    // Safe: the ends were checked.
    for panel in strip {
      let s = unsafe self.sums(
        q, at: start, panel: panel, from: n[unchecked: 2 &* panel], n[unchecked: 2 &* panel &+ 1])
      let ra = unsafe r[unchecked: 2 &* panel]
      let rb = unsafe r[unchecked: 2 &* panel &+ 1]
      let place = 2 &* (panel &- strip.lowerBound)
      unsafe output[unchecked: place] = s.a0
      unsafe output[unchecked: place &+ 1] = s.b0
      unsafe output[unchecked: row &+ place] = s.a1
      unsafe output[unchecked: row &+ place &+ 1] = s.b1
      unsafe output[unchecked: 2 &* row &+ place] = s.a2
      unsafe output[unchecked: 2 &* row &+ place &+ 1] = s.b2
      unsafe output[unchecked: 3 &* row &+ place] = s.a3
      unsafe output[unchecked: 3 &* row &+ place &+ 1] = s.b3
      unsafe output[unchecked: 4 &* row &+ place] = s.a4
      unsafe output[unchecked: 4 &* row &+ place &+ 1] = s.b4
      unsafe output[unchecked: 5 &* row &+ place] = s.a5
      unsafe output[unchecked: 5 &* row &+ place &+ 1] = s.b5
      var near = SIMD8<UInt32>(repeating: 0)
      near |= within(s.a0, s.b0, limits[0], lengths[0], ra, rb, bit: 1)
      near |= within(s.a1, s.b1, limits[1], lengths[1], ra, rb, bit: 2)
      near |= within(s.a2, s.b2, limits[2], lengths[2], ra, rb, bit: 4)
      near |= within(s.a3, s.b3, limits[3], lengths[3], ra, rb, bit: 8)
      near |= within(s.a4, s.b4, limits[4], lengths[4], ra, rb, bit: 16)
      near |= within(s.a5, s.b5, limits[5], lengths[5], ra, rb, bit: 32)
      let half = near.lowHalf | near.highHalf
      let quarter = half.lowHalf | half.highHalf
      bits |= (quarter.x | quarter.y) &<< UInt32(truncatingIfNeeded: 3 &* place)
    }
    return bits
  }

  /// A bit where a number of a or b is not beyond its limit.
  @inline(__always)
  private func within(
    _ a: SIMD8<Float>, _ b: SIMD8<Float>, _ limit: Float, _ length: Float, _ reachA: SIMD8<Float>,
    _ reachB: SIMD8<Float>, bit: UInt32
  ) -> SIMD8<UInt32> {
    let own = SIMD8<Float>(repeating: limit)
    let areBeyond = (a .> own) .& (a .> reachA - length) .& (b .> own) .& (b .> reachB - length)
    return SIMD8(repeating: bit).replacing(with: 0, where: areBeyond)
  }
}
