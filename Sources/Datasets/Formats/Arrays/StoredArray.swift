/// An array of one or more dimensions in the bytes of a file.
struct StoredArray {
  /// What it is called; empty for the one array of a file.
  let name: String

  /// The file as errors call it.
  let file: String

  let element: ElementType

  /// The counts of each dimension, at least one; the first is that of rows.
  let shape: [Int]

  /// Whether the first index runs fastest, as Fortran has it, rather than the last.
  let isColumnMajor: Bool

  /// The bytes of the file, of which the elements are the last.
  let bytes: [UInt8]

  /// Where the elements begin.
  let start: Int

  /// Takes what is left of a file from `start` as the elements.
  ///
  /// - Throws: `DatasetsError.content` where that is not as long as the shape says.
  init(
    name: String = "", file: String, element: ElementType, shape: [Int],
    isColumnMajor: Bool = false,
    bytes: [UInt8], start: Int
  ) throws(DatasetsError) {
    (self.name, self.file, self.element, self.shape) = (name, file, element, shape)
    (self.isColumnMajor, self.bytes, self.start) = (isColumnMajor, bytes, start)
    let found = bytes.count - start
    let expected = shape.reduce(element.byteCount as Int?) { product, count in
      product.flatMap { product in
        let next = product.multipliedReportingOverflow(by: count)
        return next.overflow ? nil : next.partialValue
      }
    }
    guard expected == found else {
      throw .content(
        file, .byte(start),
        "\(found) bytes of elements follow, but an array of \(shapeText) with "
          + "\(element.byteCount) bytes each has \(expected.map(String.init) ?? "more than 2⁶³")",
        accepted: "the file must be whole and hold that array alone")
    }
  }

  var rows: Int { shape[0] }

  /// The elements of a row, whatever its dimensions are.
  var columns: Int { shape.dropFirst().reduce(1, *) }

  /// The shape as people write it.
  var shapeText: String { Self.text(of: shape) }

  /// A shape as people write it, such as 60000 × 28 × 28.
  static func text(of shape: [Int]) -> String {
    shape.isEmpty ? "no dimension" : shape.map(String.init).joined(separator: " × ")
  }

  /// Where in the file the element of a row and column begins, columns counted row by row.
  func offset(row: Int, column: Int) -> Int {
    let place = isColumnMajor ? row + rows * storagePlace(of: column) : row * columns + column
    return start + place * element.byteCount
  }

  /// The place of a column in the order in which the second index runs fastest.
  func storagePlace(of column: Int) -> Int {
    var (rest, place, stride) = (column, 0, columns)
    // The last index runs fastest in the order that columns are counted in.
    for count in shape.dropFirst().reversed() {
      stride /= count
      place += rest % count * stride
      rest /= count
    }
    return place
  }
}
