extension FloatPanels {
  private typealias Octet = SIMD8<Float>

  /// Writes Σⱼ q_ij·x_pj of all queries and points, a column of vectors a query.
  ///
  /// Queries are those of −½ times what `PanelQueries` was made of. Number v of query i is
  /// `products[i · 2 · panelCount + v]`; places beyond the last point get 0.
  /// - Precondition: There is room, and features are the same.
  public func products(_ queries: PanelQueries<Float>, into products: inout [SIMD8<Float>]) {
    let height = 2 * panelCount
    precondition(
      queries.featureCount == featureCount && products.count >= queries.count * height,
      "\(products.count) vectors for \(queries.count) queries of \(height)")
    let q = queries.values.span
    var output = products.mutableSpan
    let zero = Octet(repeating: 0)
    for panel in 0..<panelCount {
      for group in 0..<queries.groupCount {
        let s = sums(q, at: 6 * group * featureCount, panel: panel, from: zero, zero)
        let first: InlineArray<6, Octet> = [s.a0, s.a1, s.a2, s.a3, s.a4, s.a5]
        let second: InlineArray<6, Octet> = [s.b0, s.b1, s.b2, s.b3, s.b4, s.b5]
        for i in 0..<min(6, queries.count - 6 * group) {
          let place = (6 * group + i) * height + 2 * panel
          output[place] = first[i]
          output[place + 1] = second[i]
        }
      }
    }
  }

  /// Adds Σ_p r_cp·x_pj of all points, lane by lane, to number c·d + j of `sums`.
  ///
  /// Number v of column c is `factors[c · 2 · panelCount + v]`.
  /// - Precondition: There are factors and room for `count` columns.
  @inline(never)
  public func addSums(
    _ factors: [SIMD8<Float>], count: Int, into sums: inout [SIMD8<Float>]
  ) {
    let (height, d) = (2 * panelCount, featureCount)
    precondition(
      factors.count >= count * height && sums.count >= count * d,
      "\(factors.count) factors and \(sums.count) sums of \(count) columns")
    let (x, r) = (vectors.span, factors.span)
    var output = sums.mutableSpan
    var panel = 0
    // Safe: the panels are there, and the columns were checked.
    while panel &+ 4 <= panelCount {
      for j in 0..<d {
        let (p, stride) = (2 &* (panel &* d &+ j), 2 &* d)
        let (x0, x1) = unsafe (x[unchecked: p], x[unchecked: p &+ 1])
        let (p1, p2, p3) = (p &+ stride, p &+ 2 &* stride, p &+ 3 &* stride)
        let (x2, x3) = unsafe (x[unchecked: p1], x[unchecked: p1 &+ 1])
        let (x4, x5) = unsafe (x[unchecked: p2], x[unchecked: p2 &+ 1])
        let (x6, x7) = unsafe (x[unchecked: p3], x[unchecked: p3 &+ 1])
        for c in 0..<count {
          let f = c &* height &+ 2 &* panel
          var sum = unsafe output[unchecked: c &* d &+ j]
          var other = unsafe x1 * r[unchecked: f &+ 1]
          sum = unsafe sum.addingProduct(x0, r[unchecked: f])
          sum = unsafe sum.addingProduct(x2, r[unchecked: f &+ 2])
          other = unsafe other.addingProduct(x3, r[unchecked: f &+ 3])
          sum = unsafe sum.addingProduct(x4, r[unchecked: f &+ 4])
          other = unsafe other.addingProduct(x5, r[unchecked: f &+ 5])
          sum = unsafe sum.addingProduct(x6, r[unchecked: f &+ 6])
          other = unsafe other.addingProduct(x7, r[unchecked: f &+ 7])
          unsafe output[unchecked: c &* d &+ j] = sum + other
        }
      }
      panel &+= 4
    }
    while panel < panelCount {
      for j in 0..<d {
        let p = 2 &* (panel &* d &+ j)
        let (x0, x1) = unsafe (x[unchecked: p], x[unchecked: p &+ 1])
        for c in 0..<count {
          let f = c &* height &+ 2 &* panel
          var sum = unsafe output[unchecked: c &* d &+ j]
          sum = unsafe sum.addingProduct(x0, r[unchecked: f])
          sum = unsafe sum.addingProduct(x1, r[unchecked: f &+ 1])
          unsafe output[unchecked: c &* d &+ j] = sum
        }
      }
      panel &+= 1
    }
  }
}
