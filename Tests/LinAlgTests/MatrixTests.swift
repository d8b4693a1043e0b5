import LinAlg
import Testing

@Suite struct MatrixTests {
  /// Element (i, j) is 10i + j, so every element names its place.
  private static func numbered(_ rows: Int, _ columns: Int) -> Matrix<Double> {
    Matrix(
      rows: rows, columns: columns,
      elements: (0..<rows).flatMap { row in (0..<columns).map { Double(10 * row + $0) } })
  }

  static let shapes = [(0, 0), (0, 3), (3, 0), (1, 1), (1, 5), (5, 1), (4, 3), (3, 4), (8, 9)]

  @Test func isRowMajor() {
    let matrix = Matrix<Float>(rows: 2, columns: 3, elements: [0, 1, 2, 3, 4, 5])
    #expect(matrix.rows == 2)
    #expect(matrix.columns == 3)
    #expect(matrix[0, 2] == 2)
    #expect(matrix[1, 0] == 3)
    #expect(matrix[1, 2] == 5)
  }

  @Test func startsAtZeroOrTheRepeatedValue() {
    #expect(Matrix<Double>(rows: 2, columns: 2).elements == [0, 0, 0, 0])
    #expect(Matrix<Double>(rows: 1, columns: 3, repeating: 7).elements == [7, 7, 7])
  }

  @Test func subscriptWritesOneElement() {
    var matrix = Matrix<Double>(rows: 2, columns: 3)
    matrix[1, 1] = 5
    #expect(matrix.elements == [0, 0, 0, 0, 5, 0])
  }

  @Test(arguments: shapes) func lendsEachRow(rows: Int, columns: Int) {
    let matrix = Self.numbered(rows, columns)
    for row in 0..<rows {
      let copy = matrix.withRow(row) { span in span.indices.map { span[$0] } }
      #expect(copy == (0..<columns).map { Double(10 * row + $0) })
    }
  }

  @Test(arguments: shapes) func mutableRowWritesThatRowOnly(rows: Int, columns: Int) {
    let original = Self.numbered(rows, columns)
    for row in 0..<rows {
      var matrix = original
      let count = matrix.withMutableRow(row) { span in
        for column in span.indices { span[column] = -1 }
        return span.count
      }
      #expect(count == columns)
      for other in 0..<rows {
        for column in 0..<columns {
          #expect(matrix[other, column] == (other == row ? -1 : original[other, column]))
        }
      }
    }
  }

  @Test func copiesAreIndependent() {
    let original = Self.numbered(2, 2)
    var copy = original
    copy.withMutableElements { $0[3] = 99 }
    copy.withMutableRow(0) { $0[0] = 98 }
    #expect(copy.elements == [98, 1, 10, 99])
    #expect(original.elements == [0, 1, 10, 11])
  }

  @Test func rowClosuresPassErrorsOn() {
    struct Refusal: Error, Equatable {}
    var matrix = Self.numbered(2, 2)
    #expect(throws: Refusal()) {
      try matrix.withRow(0) { _ throws(Refusal) in throw Refusal() }
    }
    #expect(throws: Refusal()) {
      try matrix.withMutableRow(0) { _ throws(Refusal) in throw Refusal() }
    }
    #expect(throws: Refusal()) {
      try matrix.withMutableElements { _ throws(Refusal) in throw Refusal() }
    }
  }

  @Test func selectsRowsInOrderWithRepeats() {
    let selected = Self.numbered(3, 2).selectingRows([2, 0, 2])
    #expect(selected == Matrix(rows: 3, columns: 2, elements: [20, 21, 0, 1, 20, 21]))
  }

  @Test(arguments: shapes) func selectsNoRows(rows: Int, columns: Int) {
    let selected = Self.numbered(rows, columns).selectingRows([])
    #expect(selected == Matrix(rows: 0, columns: columns))
  }

  @Test func selectsRowsWithoutColumns() {
    #expect(
      Matrix<Double>(rows: 3, columns: 0).selectingRows([1, 1])
        == Matrix(rows: 2, columns: 0))
  }

  @Test(arguments: shapes) func transposes(rows: Int, columns: Int) {
    let matrix = Self.numbered(rows, columns)
    let transpose = matrix.transposed()
    #expect(transpose.rows == columns)
    #expect(transpose.columns == rows)
    for row in 0..<rows {
      for column in 0..<columns {
        #expect(transpose[column, row] == matrix[row, column])
      }
    }
    #expect(transpose.transposed() == matrix)
  }

  @Test func equalityComparesShapeAndElements() {
    let matrix = Self.numbered(2, 3)
    var other = matrix
    #expect(matrix == other)
    other[0, 0] = 1
    #expect(matrix != other)
    #expect(matrix != Matrix(rows: 3, columns: 2, elements: matrix.elements))
    #expect(Matrix<Double>(rows: 0, columns: 2) != Matrix(rows: 2, columns: 0))
  }
}

@Suite struct MatrixTrapTests {
  @Test func negativeRows() async {
    await #expect(processExitsWith: .failure) { _ = Matrix<Double>(rows: -1, columns: 2) }
  }

  @Test func wrongElementCount() async {
    await #expect(processExitsWith: .failure) {
      _ = Matrix<Double>(rows: 2, columns: 2, elements: [1, 2, 3])
    }
  }

  /// Two negative sizes have a positive product.
  @Test func negativeShapeWithMatchingCount() async {
    await #expect(processExitsWith: .failure) {
      _ = Matrix<Double>(rows: -1, columns: -3, elements: [1, 2, 3])
    }
  }

  /// (0, 3) is an element of the array of elements, but not of the matrix.
  @Test func columnOutside() async {
    await #expect(processExitsWith: .failure) {
      _ = Matrix<Double>(rows: 2, columns: 3)[0, 3]
    }
  }

  @Test func writeToRowOutside() async {
    await #expect(processExitsWith: .failure) {
      var matrix = Matrix<Double>(rows: 2, columns: 3)
      matrix[-1, 0] = 1
    }
  }

  @Test func lentRowOutside() async {
    await #expect(processExitsWith: .failure) {
      Matrix<Double>(rows: 2, columns: 3).withRow(2) { _ in }
    }
  }

  @Test func mutableRowOutside() async {
    await #expect(processExitsWith: .failure) {
      var matrix = Matrix<Double>(rows: 2, columns: 0)
      matrix.withMutableRow(2) { _ in }
    }
  }

  @Test func selectedRowOutside() async {
    await #expect(processExitsWith: .failure) {
      _ = Matrix<Double>(rows: 2, columns: 3).selectingRows([0, -1])
    }
  }
}
