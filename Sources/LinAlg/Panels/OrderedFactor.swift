/// The lower Cholesky factor of a matrix and its inverse, with the bits of plain loops.
///
///     A = LLᵀ,   W = L⁻¹,   D²(x) = ‖Wx‖²
///
/// All sums go over their index upwards, each product rounded before it is added (`OrderedPanels`), so that what
/// depends on them is the same on every machine and with every BLAS.
public struct OrderedFactor: Sendable {
  private static let width = OrderedPanels.width

  /// Order of the matrix d.
  public let order: Int

  /// The diagonal of L.
  public let diagonal: [Double]

  /// Lᵀ: row k has column k of L.
  private let transposed: OrderedPanels

  /// Factors a matrix (d × d), of which only the lower triangle is read.
  ///
  /// Nil where a pivot is not above `tolerance` times the element it comes from, or not finite.
  /// - Precondition: The matrix is square.
  /// - Complexity: d³/6 products.
  public init?(_ matrix: Matrix<Double>, tolerance: Double) {
    precondition(
      matrix.rows == matrix.columns,
      "Cholesky factor of a \(matrix.rows) × \(matrix.columns) matrix")
    let (d, width) = (matrix.rows, Self.width)
    let a = matrix.elements.span
    var l = OrderedPanels(rowCount: d, columnCount: d)
    var diagonal = [Double](repeating: 0, count: d)
    var sums = [Double](repeating: 0, count: l.panelCount * width * width)
    for panel in 0..<l.panelCount {
      let columns = panel * width..<min((panel + 1) * width, d)
      let start = columns.lowerBound
      for i in start..<d {
        for j in start..<min(columns.upperBound, i + 1) {
          sums[(i - start) * width + j - start] = a[i * d + j]
        }
      }
      OrderedPanels.accumulate(
        l, panels: panel..<l.panelCount, l, panels: panel..<panel + 1, rows: 0..<start,
        isSubtracted: true, into: &sums)
      for j in columns {
        for i in j..<d {
          var value = sums[(i - start) * width + j - start]
          for k in start..<j { value -= l[k, i] * l[k, j] }
          if i == j {
            guard value > tolerance * a[j * d + j], value.isFinite else { return nil }
            diagonal[j] = value.squareRoot()
            l[j, j] = diagonal[j]
          } else {
            l[j, i] = value / diagonal[j]
          }
        }
      }
    }
    (order, self.diagonal, transposed) = (d, diagonal, l)
  }

  /// W, as columns k of its rows j: Wᵀ.
  ///
  /// - Complexity: d³/6 products.
  public var inverse: OrderedInverse {
    let (d, width, l) = (order, Self.width, transposed)
    // Row k of W, column by column.
    var w = OrderedPanels(rowCount: d, columnCount: d)
    var sums = [Double](repeating: 0, count: width * width)
    for panel in 0..<l.panelCount {
      let rows = panel * width..<min((panel + 1) * width, d)
      for other in 0...panel {
        let columns = other * width..<min((other + 1) * width, d)
        for place in sums.indices { sums[place] = 0 }
        OrderedPanels.accumulate(
          l, panels: panel..<panel + 1, w, panels: other..<other + 1,
          rows: columns.lowerBound..<rows.lowerBound, isSubtracted: true, into: &sums)
        for i in rows {
          for column in columns where column <= i {
            guard column < i else {
              w[i, i] = 1 / diagonal[i]
              continue
            }
            var value = sums[(i - rows.lowerBound) * width + column - columns.lowerBound]
            for k in max(column, rows.lowerBound)..<i { value -= l[k, i] * w[k, column] }
            w[i, column] = value / diagonal[i]
          }
        }
      }
    }
    return OrderedInverse(w, order: d)
  }
}

/// The inverse W of a lower factor, and the lengths of what it makes of points.
public struct OrderedInverse: Sendable {
  private static let width = OrderedPanels.width

  /// Points whose lengths are found at once.
  private static let blockSize = 64

  /// Panels that are gone through at once: of their triangle eight columns' worth is multiplied in vain.
  private static let groupSize = 4

  private let order: Int

  /// Wᵀ: row k has column k of W.
  private let transposed: OrderedPanels

  init(_ w: OrderedPanels, order d: Int) {
    var transposed = OrderedPanels(rowCount: d, columnCount: d)
    for j in 0..<d {
      for k in 0...j { transposed[k, j] = w[j, k] }
    }
    (order, self.transposed) = (d, transposed)
  }

  /// ‖W(x − m)‖² of each row x of points (n × d).
  ///
  /// - Precondition: The mean m has a number for each column.
  /// - Complexity: n·d²/2 products.
  public func squaredLengths(of points: Matrix<Double>, from mean: [Double]) -> [Double] {
    let (n, d, width) = (points.rows, order, Self.width)
    precondition(
      points.columns == d && mean.count == d,
      "Points of \(points.columns) and a mean of \(mean.count) numbers for a factor of \(d)")
    let x = points.elements.span
    var lengths = [Double](repeating: 0, count: n)
    let size = min(Self.blockSize, max(n, 1))
    var offsets = OrderedPanels(rowCount: d, columnCount: size)
    var sums = [Double](repeating: 0, count: transposed.panelCount * width * width)
    for start in stride(from: 0, to: n, by: size) {
      let count = min(size, n - start)
      for place in 0..<count {
        offsets.setColumn(place) { x[(start + place) * d + $0] - mean[$0] }
      }
      for block in 0..<OrderedPanels.panelCount(count) {
        for place in sums.indices { sums[place] = 0 }
        for panel in stride(from: 0, to: transposed.panelCount, by: Self.groupSize) {
          let group = panel..<min(panel + Self.groupSize, transposed.panelCount)
          OrderedPanels.accumulate(
            transposed, panels: group, offsets, panels: block..<block + 1,
            rows: 0..<min(group.upperBound * width, d), into: &sums, at: panel)
        }
        let squares = OrderedPanels.squares(of: sums, rows: d)
        for lane in 0..<min(width, count - block * width) {
          lengths[start + block * width + lane] = squares[lane]
        }
      }
    }
    return lengths
  }
}
