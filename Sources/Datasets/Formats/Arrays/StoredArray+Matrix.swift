import LinAlg

extension StoredArray {
  /// Some columns, in that order, as a matrix of n rows.
  ///
  /// - Throws: `DatasetsError.content` for text and for numbers that are not finite or
  ///   beyond `Scaler.largestMagnitude`.
  /// - Complexity: O(n·d) time; no memory but the matrix and a few words a column.
  func matrix(columns kept: [Int]) throws(DatasetsError) -> Matrix<Double> {
    guard element.isNumeric else {
      throw .content(
        file, .byte(start), "the array\(title) holds text, and features are numbers",
        accepted: "accepted as features: integers, truth values and floating-point numbers")
    }
    var matrix = Matrix<Double>(rows: rows, columns: kept.count)
    let steps = steps(to: kept)
    var isFine = true
    matrix.withMutableElements { values in
      // Safe: bytes have no padding that nobody has written.
      let source = unsafe bytes.span.bytes
      // Blocks of rows keep what is read and what is written in the cache when they differ in order.
      for block in stride(from: 0, to: rows, by: isColumnMajor ? 64 : 1) {
        let end = min(block + (isColumnMajor ? 64 : 1), rows)
        for place in steps.offsets.indices {
          for row in block..<end {
            let value = element.value(
              source, at: start + row &* steps.rowStride &+ steps.offsets[place])
            isFine = isFine && abs(value) <= Scaler.largestMagnitude
            values[row * steps.offsets.count + place] = value
          }
        }
      }
    }
    guard isFine else { throw unsuitableNumber(among: kept, in: matrix) }
    return matrix
  }

  /// Refuses a matrix that the memory has no room for, with the names of its columns.
  ///
  /// - Throws: `DatasetsError.tooLarge`.
  static func requireMemory(
    rows: Int, columns: Int, limit: Int, file: String
  ) throws(DatasetsError) {
    // A column's name, and finding out that it has no equal, takes about as much as 64 numbers.
    let count = (rows + 64).multipliedReportingOverflow(by: columns)
    let byteCount = count.partialValue.multipliedReportingOverflow(
      by: MemoryLayout<Double>.size)
    let isHuge = count.overflow || byteCount.overflow
    guard isHuge || byteCount.partialValue > limit else { return }
    throw .tooLarge(
      file: file, what: "a table of \(rows) × \(columns) numbers",
      byteCount: isHuge ? .max : byteCount.partialValue, limit: limit)
  }

  /// How messages name the array.
  var title: String { name.isEmpty ? "" : " \(name)" }

  /// The bytes from a row to the next, and from the first element of a row to that of each column.
  private func steps(to kept: [Int]) -> (rowStride: Int, offsets: [Int]) {
    let size = element.byteCount
    return isColumnMajor
      ? (size, kept.map { storagePlace(of: $0) * rows * size })
      : (columns * size, kept.map { $0 * size })
  }

  private func unsuitableNumber(among kept: [Int], in matrix: Matrix<Double>) -> DatasetsError {
    let place = matrix.elements.firstIndex { !(abs($0) <= Scaler.largestMagnitude) } ?? 0
    let (row, column) = (place / kept.count, kept[place % kept.count])
    return .content(
      file, .byte(offset(row: row, column: column)),
      "row \(row) of column_\(column)\(name.isEmpty ? "" : " of \(name)") is "
        + "\(matrix.elements[place])",
      accepted: "features are finite numbers of magnitudes up to \(Scaler.largestMagnitude)")
  }
}
