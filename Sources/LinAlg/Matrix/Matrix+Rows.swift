extension Matrix {
  /// Lends one row for reading.
  ///
  /// - Precondition: `row` is inside the matrix.
  public func withRow<Result, Failure: Error>(
    _ row: Int, _ body: (Span<Scalar>) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    precondition(row >= 0 && row < rows, "Row \(row) is outside a \(rows) × \(columns) matrix")
    return try body(elements.span.extracting(row * columns..<(row + 1) * columns))
  }

  /// Copies the rows at `indices`, in that order, into a new matrix.
  ///
  /// - Precondition: Every index is inside the matrix.
  /// - Complexity: O(indices × columns).
  public func selectingRows(_ indices: [Int]) -> Matrix {
    var selected: [Scalar] = []
    selected.reserveCapacity(indices.count * columns)
    for row in indices {
      precondition(row >= 0 && row < rows, "Row \(row) is outside a \(rows) × \(columns) matrix")
      selected.append(contentsOf: elements[row * columns..<(row + 1) * columns])
    }
    return Matrix(rows: indices.count, columns: columns, elements: selected)
  }

  /// The transpose, as a new matrix.
  ///
  /// - Complexity: O(rows × columns).
  public func transposed() -> Matrix {
    var result = [Scalar](repeating: 0, count: elements.count)
    for row in 0..<rows {
      for column in 0..<columns {
        result[column * rows + row] = elements[row * columns + column]
      }
    }
    return Matrix(rows: columns, columns: rows, elements: result)
  }
}
