import Documents

/// What an ARFF file says before its rows: the names of the columns, and the texts that nominal ones hold.
struct ARFFHeader {
  /// The names of the attributes.
  let names: [String]

  /// The texts that each attribute may have, in their order; nil where it is not nominal.
  let values: [[String]?]

  /// How many lines the header has, that of `@DATA` among them.
  let lineCount: Int

  /// Whether a file begins as ARFF: after comments and blank lines with `@RELATION`.
  static func recognizes(_ bytes: [UInt8]) -> Bool {
    for line in bytes.prefix(DialectSample.byteLimit).split(separator: UInt8(ascii: "\n")) {
      let text = String(decoding: line.prefix(64), as: UTF8.self)
      let trimmed = text.drop { $0 == " " || $0 == "\t" || $0 == "\u{FEFF}" }
      if trimmed.isEmpty || trimmed.hasPrefix("%") || trimmed == "\r" { continue }
      return trimmed.lowercased().hasPrefix("@relation")
    }
    return false
  }

  /// Reads the lines up to `@DATA`.
  ///
  /// - Throws: `DatasetsError.content`.
  init(_ bytes: [UInt8], file: String) throws(DatasetsError) {
    var names: [String] = []
    var values: [[String]?] = []
    var (start, line) = (0, 0)
    while start < bytes.count {
      let end = bytes[start...].firstIndex(of: UInt8(ascii: "\n")) ?? bytes.count
      line += 1
      let text = String(decoding: bytes[start..<end], as: UTF8.self)
      let words = text.unicodeScalars.drop { " \t\r\u{FEFF}".unicodeScalars.contains($0) }
      start = end + 1
      let word = String(
        String.UnicodeScalarView(words.prefix { !" \t\r".unicodeScalars.contains($0) }))
      switch word.lowercased() {
      case "@attribute":
        let rest = words.dropFirst(word.unicodeScalars.count)
          .drop { " \t".unicodeScalars.contains($0) }
        guard let (name, kind) = Self.name(rest) else {
          throw .content(
            file, .line(line), "the attribute has no name",
            accepted: "lines such as @ATTRIBUTE width NUMERIC are accepted")
        }
        names.append(name)
        values.append(Self.values(kind))
      case "@data":
        guard !names.isEmpty else {
          throw .content(
            file, .line(line), "no attribute comes before @DATA",
            accepted: "each column must have its @ATTRIBUTE")
        }
        (self.names, self.values, lineCount) = (names, values, line)
        return
      default:
        guard word.isEmpty || word.hasPrefix("%") || word.lowercased() == "@relation" else {
          throw .content(
            file, .line(line), "\(word.quotedExcerpt) begins no line of a header",
            accepted: "@RELATION, @ATTRIBUTE, @DATA and comments behind % are accepted")
        }
      }
    }
    throw .content(
      file, .line(line), "the file ends without @DATA", accepted: "the rows follow that line")
  }

  /// The first word, or what stands between quotation marks, and what follows.
  private static func name(
    _ text: Substring.UnicodeScalarView
  ) -> (name: String, rest: Substring.UnicodeScalarView)? {
    guard let first = text.first else { return nil }
    let isQuoted = first == "'" || first == "\""
    let name =
      isQuoted
      ? text.dropFirst().prefix { $0 != first }
      : text.prefix { !" \t\r{".unicodeScalars.contains($0) }
    guard !name.isEmpty else { return nil }
    return (
      String(String.UnicodeScalarView(name)), text.dropFirst(name.count + (isQuoted ? 2 : 0))
    )
  }

  /// The texts between braces, each with quotation marks or without; nil where there are none.
  private static func values(_ text: Substring.UnicodeScalarView) -> [String]? {
    let inner = text.drop { " \t".unicodeScalars.contains($0) }
    guard inner.first == "{", let end = inner.lastIndex(of: "}") else { return nil }
    var values: [String] = []
    var item: [Unicode.Scalar] = []
    var mark: Unicode.Scalar?
    var isQuoted = false
    func taken() -> String {
      let text = String(String.UnicodeScalarView(item))
      return isQuoted ? text : text.trimmingBlanks
    }
    for scalar in inner[..<end].dropFirst() {
      if let open = mark {
        if scalar == open { mark = nil } else { item.append(scalar) }
      } else if scalar == "," {
        values.append(taken())
        (item, isQuoted) = ([], false)
      } else if scalar == "'" || scalar == "\"", item.allSatisfy({ $0 == " " || $0 == "\t" }) {
        (item, mark, isQuoted) = ([], scalar, true)
      } else if !isQuoted {
        item.append(scalar)
      }
    }
    return values + [taken()]
  }
}
