/// Columns of a matrix in panels of eight, for sums of products over its rows in their order.
///
///     c_ij ± Σ_k a_ki·b_kj
///
/// Every product is rounded before it is added, and rows are added one after the other, so that sums have the bits of
/// the plain loop `sum += a[k][i] * b[k][j]`. What BLAS gives depends on its kernels, and fused products are others.
public struct OrderedPanels: Sendable {
  private typealias Quad = Lanes.Quad

  /// Number of columns side by side.
  public static let width = 8

  /// Rows that are added at once: as many as the first cache holds of two panels.
  private static let blockSize = 256

  /// Panels that others are multiplied by at once, so that these are seldom fetched from afar.
  private static let groupSize = 4

  /// Number of rows.
  public let rowCount: Int

  /// Number of columns.
  public let columnCount: Int

  /// Column j of row k is number 8·(rowCount·⌊j/8⌋ + k) + j mod 8; places beyond the last column are 0.
  private var values: [Double]

  /// A matrix of zeros.
  public init(rowCount: Int, columnCount: Int) {
    precondition(rowCount >= 0 && columnCount >= 0, "\(rowCount) rows of \(columnCount) columns")
    (self.rowCount, self.columnCount) = (rowCount, columnCount)
    values = Array(repeating: 0, count: rowCount * Self.panelCount(columnCount) * Self.width)
  }

  /// How many panels columns take.
  public static func panelCount(_ columnCount: Int) -> Int { (columnCount + width - 1) / width }

  /// How many panels there are.
  public var panelCount: Int { Self.panelCount(columnCount) }

  /// An element.
  public subscript(row: Int, column: Int) -> Double {
    @inline(__always) get { values[place(row, column)] }
    @inline(__always) set { values[place(row, column)] = newValue }
  }

  /// Sets all elements of a row.
  @inline(__always)
  public mutating func setRow(_ row: Int, _ value: (Int) -> Double) {
    var place = self.place(row, 0)
    for column in 0..<columnCount {
      values[place + column % Self.width] = value(column)
      if column % Self.width == Self.width - 1 { place += Self.width * rowCount }
    }
  }

  /// Sets all elements of a column.
  @inline(__always)
  public mutating func setColumn(_ column: Int, _ value: (Int) -> Double) {
    var place = self.place(0, column)
    for row in 0..<rowCount {
      values[place] = value(row)
      place += Self.width
    }
  }

  @inline(__always)
  private func place(_ row: Int, _ column: Int) -> Int {
    Self.width * (rowCount * (column / Self.width) + row) + column % Self.width
  }

  /// Adds Σ_k a_ki·b_kj to the sums of two panels, or subtracts it, k over some rows of both.
  ///
  /// i goes over p panels of a, j over q panels of b. Sums of panel u of the ones and v of the others are the 64
  /// from 64·(place + v·p + u) on, row by row of eight j.
  /// - Precondition: Rows, panels and room are there.
  public static func accumulate(
    _ a: OrderedPanels, panels: Range<Int>, _ b: OrderedPanels, panels others: Range<Int>,
    rows: Range<Int>,
    isSubtracted: Bool = false, into sums: inout [Double], at place: Int = 0
  ) {
    precondition(
      rows.lowerBound >= 0 && rows.upperBound <= min(a.rowCount, b.rowCount)
        && panels.lowerBound >= 0 && panels.upperBound <= a.panelCount
        && others.lowerBound >= 0 && others.upperBound <= b.panelCount && place >= 0
        && sums.count >= (place + panels.count * others.count) * width * width,
      "Rows \(rows) of panels \(panels) and \(others) into \(sums.count) sums")
    // Safe: the panels hold these rows, and there is room for eight columns of each.
    unsafe a.values.withUnsafeBufferPointer { first in
      unsafe b.values.withUnsafeBufferPointer { second in
        unsafe sums.withUnsafeMutableBufferPointer { sums in
          guard let p = first.baseAddress, let q = second.baseAddress,
            let s = sums.baseAddress
          else { return }
          for start in stride(from: rows.lowerBound, to: rows.upperBound, by: blockSize) {
            let count = min(blockSize, rows.upperBound - start)
            for index in 0..<panels.count {
              let left = unsafe p + width * (a.rowCount * (panels.lowerBound + index) + start)
              for other in 0..<others.count {
                let right = unsafe q + width * (b.rowCount * (others.lowerBound + other) + start)
                let block = place + other * panels.count + index
                let target = unsafe s + width * width * block
                for half in 0..<2 {
                  let (from, to) = unsafe (left + 4 * half, target + 4 * width * half)
                  if isSubtracted {
                    unsafe tile(from, right, count, to) { $0 - $1 }
                  } else {
                    unsafe tile(from, right, count, to) { $0 + $1 }
                  }
                }
              }
            }
          }
        }
      }
    }
  }

  /// XᵀX of the matrix X (n × d).
  ///
  /// - Complexity: n·d²/2 products.
  public var products: Matrix<Double> {
    let (d, width) = (columnCount, Self.width)
    var result = Matrix<Double>(rows: d, columns: d)
    var sums = [Double](repeating: 0, count: panelCount * Self.groupSize * width * width)
    result.withMutableElements { result in
      for start in stride(from: 0, to: panelCount, by: Self.groupSize) {
        let group = start..<min(start + Self.groupSize, panelCount)
        let height = panelCount - start
        for place in sums.indices { sums[place] = 0 }
        Self.accumulate(
          self, panels: start..<panelCount, self, panels: group, rows: 0..<rowCount, into: &sums)
        for k in start * width..<min(group.upperBound * width, d) {
          let (panel, lane) = (k / width - start, k % width)
          for j in k..<d {
            let row = j - start * width + panel * height * width
            result[j * d + k] = sums[row * width + lane]
            result[k * d + j] = result[j * d + k]
          }
        }
      }
    }
    return result
  }

  /// Σ_i s_ij² of rows of eight sums, added in their order.
  static func squares(of sums: [Double], rows: Int) -> SIMD8<Double> {
    precondition(rows >= 0 && sums.count >= rows * width, "\(rows) rows of \(sums.count) sums")
    var totals = SIMD8<Double>(repeating: 0)
    // Safe: there are so many rows.
    unsafe sums.withUnsafeBytes { bytes in
      for row in 0..<rows {
        let z = unsafe bytes.loadUnaligned(
          fromByteOffset: row &* width &* 8, as: SIMD8<Double>.self)
        totals += z * z
      }
    }
    return totals
  }

  /// Four columns of a by eight of b.
  @inline(__always)
  private static func tile(
    _ a: UnsafePointer<Double>, _ b: UnsafePointer<Double>, _ count: Int,
    _ sums: UnsafeMutablePointer<Double>, _ step: (Quad, Quad) -> Quad
  ) {
    // Safe: `accumulate` has checked that rows and sums are there.
    var (s0, t0) = unsafe (load(sums), load(sums + 4))
    var (s1, t1) = unsafe (load(sums + 8), load(sums + 12))
    var (s2, t2) = unsafe (load(sums + 16), load(sums + 20))
    var (s3, t3) = unsafe (load(sums + 24), load(sums + 28))
    var k = 0
    while k < count {
      let place = k &* width
      let (x, y) = unsafe (load(b + place), load(b + place + 4))
      let a0 = unsafe Quad(repeating: a[place])
      s0 = step(s0, a0 * x)
      t0 = step(t0, a0 * y)
      let a1 = unsafe Quad(repeating: a[place &+ 1])
      s1 = step(s1, a1 * x)
      t1 = step(t1, a1 * y)
      let a2 = unsafe Quad(repeating: a[place &+ 2])
      s2 = step(s2, a2 * x)
      t2 = step(t2, a2 * y)
      let a3 = unsafe Quad(repeating: a[place &+ 3])
      s3 = step(s3, a3 * x)
      t3 = step(t3, a3 * y)
      k &+= 1
    }
    unsafe store(s0, t0, to: sums)
    unsafe store(s1, t1, to: sums + 8)
    unsafe store(s2, t2, to: sums + 16)
    unsafe store(s3, t3, to: sums + 24)
  }

  @inline(__always)
  private static func load(_ place: UnsafePointer<Double>) -> Quad {
    // Safe: the callers have four doubles there.
    unsafe UnsafeRawPointer(place).loadUnaligned(as: Quad.self)
  }

  @inline(__always)
  private static func store(_ x: Quad, _ y: Quad, to place: UnsafeMutablePointer<Double>) {
    // Safe: the callers have room for eight doubles there.
    unsafe UnsafeMutableRawPointer(place).storeBytes(of: x, as: Quad.self)
    unsafe UnsafeMutableRawPointer(place + 4).storeBytes(of: y, as: Quad.self)
  }
}
