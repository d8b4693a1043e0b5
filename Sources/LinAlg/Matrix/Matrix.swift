/// A dense matrix that owns its elements, row-major and contiguous.
///
/// Element (i, j) is `elements[i * columns + j]`. Rows are lent to closures; no view outlives one.
public struct Matrix<Scalar: BLASScalar>: Sendable, Equatable {
  /// Number of rows, 0 or more.
  public let rows: Int

  /// Number of columns, 0 or more.
  public let columns: Int

  /// The elements in row-major order; `rows * columns` of them.
  public private(set) var elements: [Scalar]

  /// Makes a matrix of zeros.
  ///
  /// - Precondition: `rows >= 0 && columns >= 0`.
  public init(rows: Int, columns: Int) {
    self.init(rows: rows, columns: columns, repeating: 0)
  }

  /// Makes a matrix with every element equal to `value`.
  ///
  /// - Precondition: `rows >= 0 && columns >= 0`.
  public init(rows: Int, columns: Int, repeating value: Scalar) {
    precondition(rows >= 0 && columns >= 0, "A matrix cannot be \(rows) × \(columns)")
    self.rows = rows
    self.columns = columns
    self.elements = Array(repeating: value, count: rows * columns)
  }

  /// Makes a matrix from row-major elements, which it takes over without copying.
  ///
  /// - Precondition: `elements.count == rows * columns`.
  public init(rows: Int, columns: Int, elements: [Scalar]) {
    precondition(
      rows >= 0 && columns >= 0 && elements.count == rows * columns,
      "A \(rows) × \(columns) matrix cannot hold \(elements.count) elements")
    self.rows = rows
    self.columns = columns
    self.elements = elements
  }

  /// The element in `row` and `column`.
  ///
  /// - Precondition: Both indices are inside the matrix.
  public subscript(row: Int, column: Int) -> Scalar {
    get {
      precondition(
        row >= 0 && row < rows && column >= 0 && column < columns,
        "Element (\(row), \(column)) is outside a \(rows) × \(columns) matrix")
      return elements[row * columns + column]
    }
    set {
      precondition(
        row >= 0 && row < rows && column >= 0 && column < columns,
        "Element (\(row), \(column)) is outside a \(rows) × \(columns) matrix")
      elements[row * columns + column] = newValue
    }
  }

  /// Lends all elements, row-major, for writing.
  public mutating func withMutableElements<Result, Failure: Error>(
    _ body: (inout MutableSpan<Scalar>) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    var span = elements.mutableSpan
    return try body(&span)
  }

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
    let elements = Scalar._transposed(elements, rows: rows, columns: columns)
    return Matrix(rows: columns, columns: rows, elements: elements)
  }

  /// Lends one row for writing.
  ///
  /// - Precondition: `row` is inside the matrix.
  public mutating func withMutableRow<Result, Failure: Error>(
    _ row: Int, _ body: (inout MutableSpan<Scalar>) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    precondition(row >= 0 && row < rows, "Row \(row) is outside a \(rows) × \(columns) matrix")
    let range = row * columns..<(row + 1) * columns
    // Safe: the range lies inside the elements, and the span ends with the closure.
    return try unsafe elements.withUnsafeMutableBufferPointer {
      (buffer: inout UnsafeMutableBufferPointer<Scalar>) throws(Failure) -> Result in
      var span = unsafe buffer.extracting(range).mutableSpan
      return try body(&span)
    }
  }

  /// Calls `body` with a pointer to the first element, for BLAS.
  ///
  /// Safe when `body` writes only inside `rows * columns` elements and keeps no copy.
  mutating func withUnsafeMutableBase<Result>(
    _ body: (UnsafeMutablePointer<Scalar>?) -> Result
  ) -> Result {
    unsafe elements.withUnsafeMutableBufferPointer { unsafe body($0.baseAddress) }
  }
}
