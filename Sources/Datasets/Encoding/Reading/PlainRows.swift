import LinAlg

/// Hands the rows of a file to sinks, on all cores as far as nothing about them is out of the ordinary.
struct PlainRows {
  let columnCount: Int
  let dialect: CSVDialect
  let chunkByteCount: Int?

  /// Gives the rows in a range of the file to one sink a part, part after part; nil where `CSVScanner` must
  /// read them, which alone says what is wrong with a file, and where.
  func read<Sink: FieldSink>(
    _ bytes: [UInt8], _ rows: Range<Int>, into empty: Sink
  ) -> [Sink]? {
    guard !rows.isEmpty, !dialect.mergesBlanks, let chunkByteCount else { return nil }
    let ranges = CSVChunks.ranges(of: bytes, in: rows, chunkByteCount: chunkByteCount)
    let sinks = Parallel.map(ranges.count, threads: Parallel.coreCount) { index -> Sink? in
      var sink = empty
      return read(bytes, ranges[index], into: &sink) ? sink : nil
    }
    let whole = sinks.compactMap(\.self)
    return whole.count == sinks.count ? whole : nil
  }

  /// Reads the rows of one part, as `CSVChunk` does.
  ///
  /// - Returns: Whether nothing is out of the ordinary.
  private func read<Sink: FieldSink>(
    _ bytes: [UInt8], _ range: Range<Int>, into sink: inout Sink
  ) -> Bool {
    let separator = dialect.separator
    let delimiters = CSVDelimiters(dialect)
    let comment = dialect.comment.first
    let span = bytes.span
    var position = range.lowerBound
    var column = 0
    while position < range.upperBound {
      let start = position
      if column == 0 {
        // What comment lines begin with, whether this is one or not.
        if let comment, span[position] == comment { return false }
        sink.beginRow()
      }
      guard let isASCII = delimiters.skipField(span, &position, range.upperBound),
        isASCII || CSVChunk.isUTF8(span.extracting(start..<position))
      else { return false }
      let content =
        dialect.trimsBlanks ? CSVChunk.trimmed(span, start..<position) : start..<position
      guard sink.take(span.extracting(content), column: column) == nil else { return false }
      column += 1
      guard position < range.upperBound else { break }
      if span[position] == separator {
        position += 1
        // Nothing after a last separator is an empty field.
        guard column < columnCount, position < range.upperBound else { return false }
      } else {
        if span[position] == UInt8(ascii: "\r") {
          position += 1
          guard position < range.upperBound, span[position] == UInt8(ascii: "\n") else {
            return false
          }
        }
        position += 1
        guard column == columnCount else { return false }
        sink.endRow()
        column = 0
      }
    }
    guard column == 0 || column == columnCount else { return false }
    if column == columnCount { sink.endRow() }
    return true
  }
}
