import LinAlg

/// Reads the rows of a CSV file on all cores, as far as nothing about them is out of the ordinary.
struct CSVChunks {
  /// Long enough that a chunk costs nothing, short enough that all cores have work until the end.
  static let standardByteCount = 1 << 20

  let columns: CSVColumns
  let dialect: CSVDialect
  let allowsNonFinite: Bool
  let chunkByteCount: Int

  /// The rows in a range of the file, which begins with a row; nil where `CSVScanner` must read them, which alone
  /// says what is wrong with a file, and where.
  func body(of bytes: [UInt8], in rows: Range<Int>) -> CSVBody? {
    // Merged blanks are left to the scanner.
    guard !rows.isEmpty, !dialect.mergesBlanks else { return nil }
    let ranges = Self.ranges(of: bytes, in: rows, chunkByteCount: chunkByteCount)
    var chunks = Parallel.map(ranges.count, threads: Parallel.coreCount) { index in
      CSVChunk(bytes, ranges[index], columns, dialect, allowsNonFinite: allowsNonFinite)
    }
    guard !chunks.contains(where: { $0 == nil }) else { return nil }
    var body = CSVBody(columns: columns, allowsNonFinite: allowsNonFinite)
    body.reserve(
      features: chunks.reduce(0) { $0 + ($1?.features.count ?? 0) },
      rows: chunks.reduce(0) { $0 + ($1?.labels.count ?? 0) })
    for index in chunks.indices {
      guard let chunk = chunks[index] else { return nil }
      body.append(chunk)
      // What is joined need not be kept twice.
      chunks[index] = nil
    }
    return body
  }

  /// Cuts the rows at line breaks.
  static func ranges(
    of bytes: [UInt8], in rows: Range<Int>, chunkByteCount: Int
  ) -> [Range<Int>] {
    var ranges: [Range<Int>] = []
    var lower = rows.lowerBound
    while lower < rows.upperBound {
      var upper = min(lower + chunkByteCount, rows.upperBound)
      while upper < rows.upperBound, bytes[upper - 1] != UInt8(ascii: "\n") { upper += 1 }
      ranges.append(lower..<upper)
      lower = upper
    }
    return ranges
  }
}
