extension Matrix<Double> {
  /// Rows that are summed in one piece; fixed, so that sums keep their order.
  private static var rowsAtATime: Int { 1_024 }

  /// The mean of each column; 0 where the sum overflows, and where there is no row.
  public func columnMeans(threads: Int = 1) -> [Double] {
    let size = Self.rowsAtATime
    let parts = Parallel.map((rows + size - 1) / size, threads: threads) { part in
      var sums = [Double](repeating: 0, count: columns)
      let (x, d) = (elements.span, columns)
      for row in part * size..<min((part + 1) * size, rows) {
        for j in 0..<d { sums[j] += x[row * d + j] }
      }
      return sums
    }
    var sums = [Double](repeating: 0, count: columns)
    for part in parts {
      for j in sums.indices { sums[j] += part[j] }
    }
    return sums.map { $0.isFinite ? $0 / Double(max(rows, 1)) : 0 }
  }
}
