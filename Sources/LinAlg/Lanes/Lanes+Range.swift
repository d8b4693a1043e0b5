extension Lanes {
  /// The smallest and largest number of each column of n, lane by lane.
  ///
  /// Shapes: columns d × n; lower and upper d.
  /// - Precondition: n ≥ 1 and the shapes agree.
  public static func ranges(
    of columns: [Quad], rows n: Int, lower: inout [Quad], upper: inout [Quad]
  ) {
    precondition(
      n >= 1 && columns.count == n * lower.count && upper.count == lower.count,
      "Room for \(lower.count) ranges of \(columns.count) numbers in columns of \(n)")
    for j in lower.indices {
      var (least, most) = (columns[j * n], columns[j * n])
      for index in j * n..<(j + 1) * n {
        let x = columns[index]
        least = least.replacing(with: x, where: x .< least)
        most = most.replacing(with: x, where: most .< x)
      }
      (lower[j], upper[j]) = (least, most)
    }
  }
}
