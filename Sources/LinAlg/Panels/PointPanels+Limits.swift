extension FloatPanels {
  /// Panels that `estimates` works on at once.
  public static var stripLength: Int { 4 }

  /// Writes estimates for a group of queries and a strip of panels, and says for which queries none is
  /// within a limit.
  ///
  ///     s_ip = norm_p + Σ_j (−2q_ij)·x_pj,   bit i is set if  ∀p: s_ip > limit_i
  ///
  /// s of query i and vector v of the strip, two a panel, is `sums[i · 2 · stripLength + v]`. Nothing
  /// is beyond NaN.
  /// - Precondition: The strip is `stripLength` panels at most; there is room for six queries.
  @inline(never)
  public func estimates(
    _ queries: PanelQueries<Float>, group: Int, strip: Range<Int>, limits: SIMD8<Float>,
    into sums: inout [SIMD8<Float>]
  ) -> UInt8 {
    precondition(
      queries.featureCount == featureCount && group >= 0 && group < queries.groupCount
        && strip.lowerBound >= 0 && strip.upperBound <= panelCount
        && strip.count <= Self.stripLength && sums.count >= 12 * Self.stripLength,
      "Strip \(strip) of \(panelCount) panels for group \(group) of \(queries.groupCount)")
    let (q, n) = (queries.values.span, norms.span)
    var output = sums.mutableSpan
    let start = 6 * group * featureCount
    typealias Octet = SIMD8<Float>
    let (l0, l1) = (Octet(repeating: limits[0]), Octet(repeating: limits[1]))
    let (l2, l3) = (Octet(repeating: limits[2]), Octet(repeating: limits[3]))
    let (l4, l5) = (Octet(repeating: limits[4]), Octet(repeating: limits[5]))
    let yes = SIMDMask<SIMD8<Int32>>(repeating: true)
    var (m0, m1, m2, m3, m4, m5) = (yes, yes, yes, yes, yes, yes)
    var place = 0
    let row = 2 * Self.stripLength
    // Safe: the ends were checked.
    for panel in strip {
      let s = unsafe self.sums(
        q, at: start, panel: panel, from: n[unchecked: 2 &* panel], n[unchecked: 2 &* panel &+ 1])
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
      m0 = m0 .& (s.a0 .> l0) .& (s.b0 .> l0)
      m1 = m1 .& (s.a1 .> l1) .& (s.b1 .> l1)
      m2 = m2 .& (s.a2 .> l2) .& (s.b2 .> l2)
      m3 = m3 .& (s.a3 .> l3) .& (s.b3 .> l3)
      m4 = m4 .& (s.a4 .> l4) .& (s.b4 .> l4)
      m5 = m5 .& (s.a5 .> l5) .& (s.b5 .> l5)
      place &+= 2
    }
    let low = bit(m0, 0) | bit(m1, 1) | bit(m2, 2)
    return low | bit(m3, 3) | bit(m4, 4) | bit(m5, 5)
  }

  @inline(__always)
  private func bit(_ mask: SIMDMask<SIMD8<Int32>>, _ place: UInt8) -> UInt8 {
    all(mask) ? 1 << place : 0
  }
}
