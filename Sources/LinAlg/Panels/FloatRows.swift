/// Rows of a matrix in single precision, one after the other, for products of single pairs.
///
/// What `PointPanels` is for all pairs, this is for the few that are left.
public struct FloatRows: Sendable {
  private typealias Octet = SIMD8<Float>

  /// Number of rows.
  public let count: Int

  /// Number of features d.
  public let featureCount: Int

  /// Row i begins at i·⌈d/8⌉, filled up with zeros.
  private let vectors: [SIMD8<Float>]

  /// ‖x‖² of each row or a little less.
  public let norms: [Float]

  /// Takes rows of a matrix as `FloatPanels` does.
  ///
  /// - Precondition: `center` has a number for each column.
  public init(
    _ matrix: Matrix<Double>, rows: [Int], center: [Double], factor: Double, margin: Double = 0
  ) {
    let (n, d) = (matrix.rows, matrix.columns)
    precondition(center.count == d, "\(center.count) centres of \(d) features")
    let width = (d + 7) / 8
    var vectors = [Octet](repeating: Octet(repeating: 0), count: width * rows.count)
    var norms = [Float](repeating: 0, count: rows.count)
    let (x, c) = (matrix.elements.span, center.span)
    var output = vectors.mutableSpan
    for (place, row) in rows.enumerated() {
      precondition(row >= 0 && row < n, "Row \(row) of \(n)")
      var sum = 0.0
      for j in 0..<d {
        // Safe: rows and columns were counted above.
        let value = unsafe Float((x[unchecked: row &* d &+ j] - c[unchecked: j]) * factor)
        unsafe output[unchecked: place &* width &+ j &>> 3][j & 7] = value
        sum += Double(value) * Double(value)
      }
      norms[place] = FloatPanels.norm(sum, margin)
    }
    (count, featureCount) = (rows.count, d)
    (self.vectors, self.norms) = (vectors, norms)
  }

  /// ‖x‖² − 2qᵀx of row q and four rows x of others, with `norms` for ‖x‖².
  ///
  /// - Precondition: The rows are there, and have the same features.
  @inline(never)
  public func estimates(
    _ row: Int, among others: FloatRows, _ a: Int, _ b: Int, _ c: Int, _ d: Int
  ) -> SIMD4<Float> {
    let width = (featureCount + 7) / 8
    precondition(
      featureCount == others.featureCount && row >= 0 && row < count && min(a, b, c, d) >= 0
        && max(a, b, c, d) < others.count, "Rows \(row), \(a), \(b), \(c), \(d)")
    let (q, x) = (vectors.span, others.vectors.span)
    let (q0, a0, b0, c0, d0) = (row &* width, a &* width, b &* width, c &* width, d &* width)
    let zero = Octet(repeating: 0)
    var (sa, sb, sc, sd, ta, tb, tc, td) = (zero, zero, zero, zero, zero, zero, zero, zero)
    var j = 0
    // Safe: the rows were checked.
    while j &+ 2 <= width {
      let first = unsafe q[unchecked: q0 &+ j]
      sa = unsafe sa.addingProduct(first, x[unchecked: a0 &+ j])
      sb = unsafe sb.addingProduct(first, x[unchecked: b0 &+ j])
      sc = unsafe sc.addingProduct(first, x[unchecked: c0 &+ j])
      sd = unsafe sd.addingProduct(first, x[unchecked: d0 &+ j])
      let second = unsafe q[unchecked: q0 &+ j &+ 1]
      ta = unsafe ta.addingProduct(second, x[unchecked: a0 &+ j &+ 1])
      tb = unsafe tb.addingProduct(second, x[unchecked: b0 &+ j &+ 1])
      tc = unsafe tc.addingProduct(second, x[unchecked: c0 &+ j &+ 1])
      td = unsafe td.addingProduct(second, x[unchecked: d0 &+ j &+ 1])
      j &+= 2
    }
    if j < width {
      let last = unsafe q[unchecked: q0 &+ j]
      sa = unsafe sa.addingProduct(last, x[unchecked: a0 &+ j])
      sb = unsafe sb.addingProduct(last, x[unchecked: b0 &+ j])
      sc = unsafe sc.addingProduct(last, x[unchecked: c0 &+ j])
      sd = unsafe sd.addingProduct(last, x[unchecked: d0 &+ j])
    }
    let products = SIMD4<Float>((sa + ta).sum(), (sb + tb).sum(), (sc + tc).sum(), (sd + td).sum())
    return SIMD4(others.norms[a], others.norms[b], others.norms[c], others.norms[d])
      .addingProduct(products, SIMD4(repeating: -2))
  }

  /// The same of three rows q, which takes a third of the time for each.
  ///
  /// - Precondition: The rows are there, and have the same features.
  @inline(never)
  public func estimates(
    _ p: Int, _ q: Int, _ r: Int, among others: FloatRows, _ a: Int, _ b: Int, _ c: Int, _ d: Int
  ) -> (SIMD4<Float>, SIMD4<Float>, SIMD4<Float>) {
    let width = (featureCount + 7) / 8
    precondition(
      featureCount == others.featureCount && min(p, q, r) >= 0 && max(p, q, r) < count
        && min(a, b, c, d) >= 0 && max(a, b, c, d) < others.count,
      "Rows \(p), \(q), \(r), \(a), \(b), \(c), \(d)")
    let (y, x) = (vectors.span, others.vectors.span)
    let (p0, q0, r0) = (p &* width, q &* width, r &* width)
    let (a0, b0, c0, d0) = (a &* width, b &* width, c &* width, d &* width)
    let zero = Octet(repeating: 0)
    var (pa, pb, pc, pd) = (zero, zero, zero, zero)
    var (qa, qb, qc, qd) = (zero, zero, zero, zero)
    var (ra, rb, rc, rd) = (zero, zero, zero, zero)
    // Safe: the rows were checked.
    for j in 0..<width {
      let (first, second) = unsafe (y[unchecked: p0 &+ j], y[unchecked: q0 &+ j])
      let third = unsafe y[unchecked: r0 &+ j]
      let va = unsafe x[unchecked: a0 &+ j]
      pa = pa.addingProduct(first, va)
      qa = qa.addingProduct(second, va)
      ra = ra.addingProduct(third, va)
      let vb = unsafe x[unchecked: b0 &+ j]
      pb = pb.addingProduct(first, vb)
      qb = qb.addingProduct(second, vb)
      rb = rb.addingProduct(third, vb)
      let vc = unsafe x[unchecked: c0 &+ j]
      pc = pc.addingProduct(first, vc)
      qc = qc.addingProduct(second, vc)
      rc = rc.addingProduct(third, vc)
      let vd = unsafe x[unchecked: d0 &+ j]
      pd = pd.addingProduct(first, vd)
      qd = qd.addingProduct(second, vd)
      rd = rd.addingProduct(third, vd)
    }
    let norms = SIMD4(others.norms[a], others.norms[b], others.norms[c], others.norms[d])
    let factor = SIMD4<Float>(repeating: -2)
    return (
      norms.addingProduct(SIMD4(pa.sum(), pb.sum(), pc.sum(), pd.sum()), factor),
      norms.addingProduct(SIMD4(qa.sum(), qb.sum(), qc.sum(), qd.sum()), factor),
      norms.addingProduct(SIMD4(ra.sum(), rb.sum(), rc.sum(), rd.sum()), factor)
    )
  }
}
