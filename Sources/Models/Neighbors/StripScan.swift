import LinAlg

/// A walk of queries over panels of points, strip by strip, that stops where a point may be near one.
struct StripScan {
  /// Places of a block.
  struct Strip {
    let first: Int
    let count: Int
  }

  private let queries: PanelQueries<Float>
  /// The limit of each query, six a group; nothing is beyond NaN.
  private var limits: [SIMD8<Float>]
  private var sums = [SIMD8<Float>](
    repeating: SIMD8(repeating: 0), count: 12 * FloatPanels.stripLength)

  init(_ queries: PanelQueries<Float>) {
    self.queries = queries
    limits = (0..<queries.groupCount).map { _ in SIMD8(repeating: -.infinity) }
    for query in 0..<queries.count { limits[query / 6][query % 6] = .nan }
  }

  /// Estimates all distances to the points of a block.
  ///
  /// `scan` gets a strip, the first query of a group, which of its queries have an estimate within their limit, the
  /// estimates as `FloatPanels.estimates` has written them, and the limits of the group to change.
  @inline(__always)
  mutating func forEach(
    _ block: FloatPanels,
    scan: (Strip, Int, UInt8, [SIMD8<Float>], inout SIMD8<Float>) -> Void
  ) {
    for start in stride(from: 0, to: block.panelCount, by: FloatPanels.stripLength) {
      let panels = start..<min(start + FloatPanels.stripLength, block.panelCount)
      let strip = Strip(
        first: FloatPanels.width * start,
        count: min(block.count - FloatPanels.width * start, FloatPanels.width * panels.count))
      for group in limits.indices {
        let areBeyond = block.estimates(
          queries, group: group, strip: panels, limits: limits[group], into: &sums)
        if areBeyond == 0b11_1111 { continue }
        scan(strip, 6 * group, ~areBeyond & 0b11_1111, sums, &limits[group])
      }
    }
  }
}
