/// The beginning of a CSV file divided into records, whatever may be wrong with them.
struct DialectSample {
  /// How much of a file shows how it is written.
  static let byteLimit = 1 << 16

  /// How many records show it.
  static let recordLimit = 1000

  /// A field.
  struct Field {
    /// What is in it, without quotation marks.
    let text: ArraySlice<UInt8>
    let isQuoted: Bool
    /// Whether a blank comes before it.
    let isIndented: Bool
  }

  /// A line, or several where a line break is quoted.
  struct Record {
    var fields: [Field] = []
    /// The line it begins on, from 1.
    let line: Int
    /// The record as it is written.
    var written: ArraySlice<UInt8> = []

    var isBlank: Bool { fields.count == 1 && fields[0].text.isEmpty && !fields[0].isQuoted }
  }

  /// The records, comments left out, without blank ones at the end.
  private(set) var records: [Record] = []

  /// Divides bytes.
  ///
  /// - Parameters:
  ///   - bytes: The beginning of the file in UTF-8.
  ///   - isCut: Whether more follows them, so that the last record may not be whole.
  init(_ bytes: ArraySlice<UInt8>, isCut: Bool, _ dialect: CSVDialect) {
    let blank = UInt8(ascii: " ")
    let tab = UInt8(ascii: "\t")
    let feed = UInt8(ascii: "\n")
    let merges = dialect.mergesBlanks
    var position = bytes.startIndex
    let end = bytes.endIndex
    var line = 1
    func isSeparator(_ byte: UInt8) -> Bool {
      merges ? byte == blank || byte == tab : byte == dialect.separator
    }
    func isBreak(_ byte: UInt8) -> Bool { byte == feed || byte == UInt8(ascii: "\r") }
    while position < end, records.count < Self.recordLimit {
      let start = position
      let isComment =
        !dialect.comment.isEmpty && bytes[position...].starts(with: dialect.comment)
      if line <= dialect.skippedLineCount || isComment {
        while position < end, bytes[position] != feed { position += 1 }
        position += 1
        line += 1
        continue
      }
      var record = Record(line: line)
      var hasEnded = false
      if merges { while position < end, isSeparator(bytes[position]) { position += 1 } }
      while !hasEnded {
        let indented = position
        while position < end, bytes[position] == blank, !merges { position += 1 }
        let isIndented = position > indented
        var text: ArraySlice<UInt8>
        var isQuoted = false
        if position < end, bytes[position] == dialect.quote {
          isQuoted = true
          position += 1
          var content: [UInt8] = []
          while position < end {
            if bytes[position] == dialect.quote {
              guard position + 1 < end, bytes[position + 1] == dialect.quote else { break }
              position += 1
            }
            if bytes[position] == feed { line += 1 }
            content.append(bytes[position])
            position += 1
          }
          position += 1
          while position < end, !isSeparator(bytes[position]), !isBreak(bytes[position]) {
            content.append(bytes[position])
            position += 1
          }
          text = content[...]
        } else {
          let first = position
          while position < end, !isSeparator(bytes[position]), !isBreak(bytes[position]) {
            position += 1
          }
          text = bytes[first..<min(position, end)]
          while text.last == blank { text.removeLast() }
        }
        record.fields.append(Field(text: text, isQuoted: isQuoted, isIndented: isIndented))
        if merges { while position < end, isSeparator(bytes[position]) { position += 1 } }
        guard position < end else {
          // What is cut off may go on.
          if isCut {
            record.fields = []
          }
          break
        }
        if isBreak(bytes[position]) {
          hasEnded = true
        } else if !merges {
          position += 1
        }
      }
      record.written = bytes[start..<min(position, end)]
      if position < end, bytes[position] == UInt8(ascii: "\r") { position += 1 }
      if position < end, bytes[position] == feed { position += 1 }
      line += 1
      if !record.fields.isEmpty { records.append(record) }
    }
    while records.last?.isBlank == true { records.removeLast() }
  }

  /// Leaves out the first records.
  func dropping(_ count: Int) -> DialectSample {
    var sample = self
    sample.records.removeFirst(count)
    return sample
  }
}
