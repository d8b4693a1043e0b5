/// What stands above the rows of a file for their columns, where that is not one row of names.
public struct TableHead: Sendable, Hashable {
  /// How it is written.
  public enum Kind: String, Sendable, Hashable, CaseIterable {
    /// A line `@ATTRIBUTE` for each column.
    case arff
    /// A line of names, one of types and one of roles, as Orange writes them.
    case orange
    /// A line of names with a type and a role before each, as in `C#width` and `mS#owner` of older Oranges.
    case prefixes
    /// Names in the last comment.
    case comment
  }

  /// How it is written.
  public let kind: Kind

  /// The names of all columns.
  public let names: [String]

  /// The texts that a column may hold, in their order; nil where it does not say.
  let values: [[String]?]

  init(_ kind: Kind, names: [String], values: [[String]?] = []) {
    (self.kind, self.names, self.values) = (kind, names, values)
  }
}

extension TableHead {
  /// The head of a text, whose rows are divided by a dialect; nil where it has no such one.
  init?(_ kind: Kind, above text: [UInt8], file: String, _ dialect: CSVDialect) {
    guard kind != .arff else {
      guard let header = try? ARFFHeader(text, file: file) else { return nil }
      self.init(kind, names: header.names, values: header.values)
      return
    }
    // What a head is told by must not be said.
    var options = DialectOptions(dialect.ofText)
    (options.comment, options.skippedLineCount) = (nil, nil)
    let found = try? DialectRecognition(text, file: file, options, hasHeader: nil).dialect.head
    guard let head = found, head.kind == kind else { return nil }
    self = head
  }

  /// The lines of a head with columns of texts behind the others, which are no features.
  ///
  /// - Parameters:
  ///   - lines: All that comes before the first row, line breaks and all.
  ///   - field: How a text is written between separators.
  func adding(
    _ columns: [String], to lines: ArraySlice<UInt8>, separator: UInt8,
    field: (String) -> ArraySlice<UInt8>
  ) -> [UInt8] {
    var text = Array(lines)
    func fields(_ texts: [String]) -> [UInt8] { texts.flatMap { [separator] + field($0) } }
    // What is added to the last lines, the very last first.
    let added: [[UInt8]]
    switch kind {
    case .arff:
      text.insert(contentsOf: Self.attributes(columns), at: Self.dataLine(text))
      return text
    case .orange:
      added = [
        fields(columns.map { _ in "meta" }), fields(columns.map { _ in "string" }), fields(columns),
      ]
    case .prefixes: added = [fields(columns.map { "mS#\($0)" })]
    case .comment: added = [fields(columns)]
    }
    let breaks = text.indices.filter { text[$0] == UInt8(ascii: "\n") }.suffix(added.count)
    for (end, bytes) in zip(breaks.reversed(), added) {
      let isWindows = end > 0 && text[end - 1] == UInt8(ascii: "\r")
      text.insert(contentsOf: bytes, at: isWindows ? end - 1 : end)
    }
    return text
  }

  /// Lines that declare attributes of texts.
  private static func attributes(_ names: [String]) -> [UInt8] {
    names.flatMap { name in
      let isPlain = name.utf8.allSatisfy { ("a"..."z").contains(Unicode.Scalar($0)) || $0 == 0x5F }
      return Array("@ATTRIBUTE \(isPlain ? name : "'\(name)'") STRING\n".utf8)
    }
  }

  /// Where the line `@DATA` begins.
  private static func dataLine(_ text: [UInt8]) -> Int {
    var start = 0
    for (place, byte) in text.enumerated() where byte == UInt8(ascii: "\n") {
      let word = text[start..<place].drop { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\t") }
      if String(decoding: word.prefix(5), as: UTF8.self).lowercased() == "@data" { return start }
      start = place + 1
    }
    return text.count
  }
}
