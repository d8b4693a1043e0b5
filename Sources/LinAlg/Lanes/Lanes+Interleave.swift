/// Four matrices side by side, one a lane, column by column: feature j of row i is `[j · n + i]`.
extension Lanes {
  /// Copies n rows of a row-major table of d columns into each lane.
  ///
  /// Shapes: table rows × d; row indices n in each lane; lanes n·d.
  /// - Precondition: The shapes agree and each index is a row of the table.
  public static func interleave(
    _ table: [Double], columns d: Int, rows: [[Int]], into lanes: inout [Quad]
  ) {
    precondition(rows.count == 4, "\(rows.count) lists of rows for four lanes")
    let (rows0, rows1, rows2, rows3) = (rows[0], rows[1], rows[2], rows[3])
    let n = rows0.count
    precondition(
      rows1.count == n && rows2.count == n && rows3.count == n && lanes.count == n * d,
      "Lanes of different sizes")
    let table = table.span
    var lanes = lanes.mutableSpan
    for row in 0..<n {
      let (a, b) = (rows0[row] * d, rows1[row] * d)
      let (c, e) = (rows2[row] * d, rows3[row] * d)
      for j in 0..<d {
        lanes[j * n + row] = Quad(table[a + j], table[b + j], table[c + j], table[e + j])
      }
    }
  }

  /// Replaces the first `count` of the given rows of one lane.
  ///
  /// Shapes: values at least count × d, row-major; as many row indices, below n; lanes n·d.
  /// - Precondition: The shapes agree and each index is below n.
  public static func replace(
    rows: [Int], count: Int, by values: [Double], columns d: Int, lane: Int,
    in lanes: inout [Quad]
  ) {
    guard d > 0 else { return }
    let n = lanes.count / d
    precondition(
      count >= 0 && count <= rows.count && values.count >= count * d && lane >= 0 && lane < 4
        && lanes.count == n * d,
      "\(values.count) values for \(count) rows of \(d)")
    // Safe: rows are checked to be below n, so offsets lie inside the lanes.
    unsafe lanes.withUnsafeMutableBytes { bytes in
      let numbers = unsafe bytes.assumingMemoryBound(to: Double.self)
      for index in 0..<count {
        let row = rows[index]
        precondition(row >= 0 && row < n, "Row \(row) of \(n)")
        for j in 0..<d { unsafe numbers[4 * (j * n + row) + lane] = values[index * d + j] }
      }
    }
  }

  /// Copies rows of one lane to row-major points; an index of −1 gives zeros.
  ///
  /// Shapes: row indices k, below n; lanes n·d; points k × d.
  /// - Precondition: The shapes agree and each index is −1 or below n.
  public static func extract(
    rows: [Int], columns d: Int, lane: Int, of lanes: [Quad], into points: inout [Double]
  ) {
    guard d > 0 else { return }
    let n = lanes.count / d
    precondition(
      points.count == rows.count * d && lane >= 0 && lane < 4 && lanes.count == n * d,
      "Room for \(points.count) numbers of \(rows.count) rows of \(d)")
    // Safe: rows are checked to be below n, so offsets lie inside the lanes.
    unsafe lanes.withUnsafeBytes { bytes in
      let numbers = unsafe bytes.assumingMemoryBound(to: Double.self)
      var target = 0
      var output = points.mutableSpan
      for row in rows {
        precondition(row < n, "Row \(row) of \(n)")
        for j in 0..<d {
          output[target] = unsafe row < 0 ? 0 : numbers[4 * (j * n + row) + lane]
          target += 1
        }
      }
    }
  }
}
