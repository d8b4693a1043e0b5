import LinAlg

/// Reads the rows of a CSV file on all cores, as far as nothing about them is out of the ordinary.
struct CSVChunks {
  /// Long enough that a chunk costs nothing, short enough that all cores have work until the end.
  static let standardByteCount = 1 << 20

  let columns: CSVColumns
  let allowsNonFinite: Bool
  let chunkByteCount: Int

  /// The rows from `start` to the end of the file; nil where `CSVScanner` must read them, which alone
  /// says what is wrong with a file, and where.
  func body(of bytes: [UInt8], from start: Int) -> CSVBody? {
    let ranges = ranges(of: bytes, from: start)
    guard !ranges.isEmpty else { return nil }
    var chunks = Parallel.map(ranges.count, threads: Parallel.coreCount) { index in
      CSVChunk(bytes, ranges[index], columns, allowsNonFinite: allowsNonFinite)
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

  /// Cuts the file at line breaks, leaving out a blank last line.
  private func ranges(of bytes: [UInt8], from start: Int) -> [Range<Int>] {
    let end = Self.end(of: bytes.span, from: start)
    var ranges: [Range<Int>] = []
    var lower = start
    while lower < end {
      var upper = min(lower + chunkByteCount, end)
      while upper < end, bytes[upper - 1] != UInt8(ascii: "\n") { upper += 1 }
      ranges.append(lower..<upper)
      lower = upper
    }
    return ranges
  }

  private static func end(of bytes: Span<UInt8>, from start: Int) -> Int {
    let line = UInt8(ascii: "\n")
    let count = bytes.count
    guard count - start >= 2, bytes[count - 1] == line else { return count }
    if bytes[count - 2] == line { return count - 1 }
    let isWindows = bytes[count - 2] == UInt8(ascii: "\r")
    return isWindows && count - start >= 3 && bytes[count - 3] == line ? count - 2 : count
  }
}
