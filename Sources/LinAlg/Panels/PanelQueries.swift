/// Queries for products with `PointPanels`: groups of six, feature after feature, times −2.
///
/// With it s = ‖x‖² + Σ(−2q)x is ‖q − x‖² less ‖q‖².
public struct PanelQueries<Scalar: BinaryFloatingPoint & Sendable>: Sendable {
  /// Number of queries.
  public let count: Int

  /// Number of features d.
  public let featureCount: Int

  /// −2 times feature j of query 6g + i is number 6·(g·d + j) + i; the last group is filled up with zeros.
  let values: [Scalar]

  /// ‖q‖² of each query or a little less; 0 for those that fill up the last group.
  public let norms: [Scalar]

  /// Queries of a group.
  public static var groupSize: Int { 6 }

  /// Number of groups.
  public var groupCount: Int { norms.count / Self.groupSize }

  /// - Precondition: `center` has a number for each column.
  @inline(__always)
  init<Vector>(
    packing matrix: Matrix<Double>, _ rows: [Int], _ center: [Double], _ factor: Double,
    _ margin: Double, as _: PointPanels<Vector>.Type
  ) where Vector.Scalar == Scalar {
    let (n, d, size) = (matrix.rows, matrix.columns, Self.groupSize)
    precondition(center.count == d, "\(center.count) centres of \(d) features")
    let groups = (rows.count + size - 1) / size
    var values = [Scalar](repeating: 0, count: groups * size * d)
    var norms = [Scalar](repeating: 0, count: groups * size)
    let (x, c) = (matrix.elements.span, center.span)
    var output = values.mutableSpan
    for (place, row) in rows.enumerated() {
      precondition(row >= 0 && row < n, "Row \(row) of \(n)")
      let start = place / size * size * d + place % size
      var sum = 0.0
      for j in 0..<d {
        // Safe: rows, columns and groups were counted above.
        let value = unsafe Scalar((x[unchecked: row &* d &+ j] - c[unchecked: j]) * factor)
        unsafe output[unchecked: start &+ j &* size] = -2 * value
        sum += Double(value) * Double(value)
      }
      norms[place] = PointPanels<Vector>.norm(sum, margin)
    }
    (count, featureCount) = (rows.count, d)
    (self.values, self.norms) = (values, norms)
  }
}

extension PanelQueries<Float> {
  /// Takes rows of a matrix as `FloatPanels` does.
  ///
  /// - Precondition: `center` has a number for each column.
  public init(
    _ matrix: Matrix<Double>, rows: [Int], center: [Double], factor: Double, margin: Double = 0
  ) {
    self.init(packing: matrix, rows, center, factor, margin, as: FloatPanels.self)
  }
}

extension PanelQueries<Double> {
  /// Takes rows of a matrix as `DoublePanels` does.
  ///
  /// - Precondition: `center` has a number for each column.
  public init(_ matrix: Matrix<Double>, rows: [Int], center: [Double], factor: Double) {
    self.init(packing: matrix, rows, center, factor, 0, as: DoublePanels.self)
  }
}
