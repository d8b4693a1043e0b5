/// Points for products with many queries: panels of two vectors, feature after feature.
///
/// Vectors are the width of one AVX2 register: eight floats or four doubles. Two of them against six
/// queries are twelve sums, which hide the latency of a fused multiply-add and leave registers for
/// the factors; nothing is copied into blocks.
public struct PointPanels<Vector: SIMD & Sendable>: Sendable
where Vector.Scalar: BinaryFloatingPoint & Sendable {
  /// Number of points n.
  public let count: Int

  /// Number of features d.
  public let featureCount: Int

  /// Feature j of panel p: two vectors from 2·(p·d + j) on.
  let vectors: [Vector]

  /// ‖x‖² of each point or a little less, two vectors a panel; infinite beyond the last.
  public let norms: [Vector]

  /// Number of panels, the last of which may be filled up.
  public var panelCount: Int { norms.count / 2 }

  /// Points of a panel.
  public static var width: Int { 2 * Vector.scalarCount }

  /// - Precondition: `center` has a number for each column.
  @inline(__always)
  init(
    packing matrix: Matrix<Double>, _ rows: [Int], _ center: [Double], _ factor: Double,
    _ margin: Double
  ) {
    let (n, d) = (matrix.rows, matrix.columns)
    precondition(center.count == d, "\(center.count) centres of \(d) features")
    let panels = (rows.count + Self.width - 1) / Self.width
    var vectors = [Vector](repeating: Vector(repeating: 0), count: 2 * panels * d)
    var norms = [Vector](repeating: Vector(repeating: .infinity), count: 2 * panels)
    let (x, c) = (matrix.elements.span, center.span)
    var output = vectors.mutableSpan
    for (place, row) in rows.enumerated() {
      precondition(row >= 0 && row < n, "Row \(row) of \(n)")
      let panel = place / Self.width
      let (half, lane) = (
        place % Self.width / Vector.scalarCount, place % Vector.scalarCount
      )
      var sum = 0.0
      for j in 0..<d {
        // Safe: rows, columns and panels were counted above.
        let value = unsafe Vector.Scalar((x[unchecked: row &* d &+ j] - c[unchecked: j]) * factor)
        unsafe output[unchecked: 2 &* (panel &* d &+ j) &+ half][lane] = value
        sum += Double(value) * Double(value)
      }
      norms[2 * panel + half][lane] = Self.norm(sum, margin)
    }
    (count, featureCount) = (rows.count, d)
    (self.vectors, self.norms) = (vectors, norms)
  }

  /// (1 − margin)·‖x‖², not above it if there is a margin.
  @inline(__always)
  static func norm(_ sum: Double, _ margin: Double) -> Vector.Scalar {
    let norm = Vector.Scalar((1 - margin) * sum)
    return margin > 0 ? norm.nextDown : norm
  }

  /// Σⱼ q·x of six queries and a panel, on top of what the sums start with.
  ///
  /// Products are fused, in the order of features, so a sum has the same bits wherever its query and its
  /// point stand.
  /// - Precondition: Six queries of d features begin at `start` of `queries`, and the panel is there.
  @inline(__always)
  func sums(
    _ queries: Span<Vector.Scalar>, at start: Int, panel: Int, from first: Vector, _ second: Vector
  ) -> Sums {
    let x = vectors.span
    var s = Sums(first, second)
    let base = 2 &* panel &* featureCount
    // Safe: the caller has checked the group and the panel.
    for j in 0..<featureCount {
      let y = unsafe x[unchecked: base &+ 2 &* j]
      let z = unsafe x[unchecked: base &+ 2 &* j &+ 1]
      let from = start &+ 6 &* j
      let q0 = unsafe Vector(repeating: queries[unchecked: from])
      s.a0 = s.a0.addingProduct(q0, y)
      s.b0 = s.b0.addingProduct(q0, z)
      let q1 = unsafe Vector(repeating: queries[unchecked: from &+ 1])
      s.a1 = s.a1.addingProduct(q1, y)
      s.b1 = s.b1.addingProduct(q1, z)
      let q2 = unsafe Vector(repeating: queries[unchecked: from &+ 2])
      s.a2 = s.a2.addingProduct(q2, y)
      s.b2 = s.b2.addingProduct(q2, z)
      let q3 = unsafe Vector(repeating: queries[unchecked: from &+ 3])
      s.a3 = s.a3.addingProduct(q3, y)
      s.b3 = s.b3.addingProduct(q3, z)
      let q4 = unsafe Vector(repeating: queries[unchecked: from &+ 4])
      s.a4 = s.a4.addingProduct(q4, y)
      s.b4 = s.b4.addingProduct(q4, z)
      let q5 = unsafe Vector(repeating: queries[unchecked: from &+ 5])
      s.a5 = s.a5.addingProduct(q5, y)
      s.b5 = s.b5.addingProduct(q5, z)
    }
    return s
  }

  /// The sums of query i with the points of a panel are aᵢ and bᵢ.
  struct Sums {
    var a0, a1, a2, a3, a4, a5: Vector
    var b0, b1, b2, b3, b4, b5: Vector

    @inline(__always)
    init(_ a: Vector, _ b: Vector) {
      (a0, a1, a2, a3, a4, a5) = (a, a, a, a, a, a)
      (b0, b1, b2, b3, b4, b5) = (b, b, b, b, b, b)
    }
  }
}

/// Points in single precision, sixteen a panel.
public typealias FloatPanels = PointPanels<SIMD8<Float>>

/// Points in double precision, eight a panel.
public typealias DoublePanels = PointPanels<SIMD4<Double>>

extension FloatPanels {
  /// Takes rows of a matrix, of which each feature is rounded from (x − center)·factor.
  ///
  /// Norms are (1 − margin)·‖x‖² of the rounded features, rounded down if there is a margin.
  /// - Precondition: `center` has a number for each column.
  public init(
    _ matrix: Matrix<Double>, rows: [Int], center: [Double], factor: Double, margin: Double = 0
  ) {
    self.init(packing: matrix, rows, center, factor, margin)
  }
}

extension DoublePanels {
  /// Takes rows of a matrix, of which each feature is (x − center)·factor.
  ///
  /// - Precondition: `center` has a number for each column.
  public init(_ matrix: Matrix<Double>, rows: [Int], center: [Double], factor: Double) {
    self.init(packing: matrix, rows, center, factor, 0)
  }
}
