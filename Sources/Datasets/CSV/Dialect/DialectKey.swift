/// What can be said of how a CSV file is written, by the name that options, plans and schemas have for it.
public enum DialectKey: String, CaseIterable, Sendable {
  case separator, decimal, thousands, quote, comment, skip, encoding

  /// What is accepted, in words.
  public var accepted: String {
    switch self {
    case .separator: "one character of ASCII, or tab or blanks"
    case .decimal: "a point or a comma"
    case .thousands: "a comma, a point, an apostrophe, an underscore, blank, or none"
    case .quote: "one character of ASCII, or none"
    case .comment: "one or two characters of ASCII, or none"
    case .skip: "a whole number of lines from 0 up"
    case .encoding: TextEncoding.allCases.map(\.rawValue).joined(separator: ", ")
    }
  }
}

extension DialectOptions {
  /// Takes what somebody says.
  ///
  /// - Returns: Whether it is accepted.
  public mutating func set(_ key: DialectKey, to text: String) -> Bool {
    let bytes = Array(text.utf8)
    let byte =
      bytes.count == 1 && bytes[0] < 0x80 && bytes[0] >= 0x20 || text == "\t"
      ? bytes[0] : nil
    switch key {
    case .separator:
      if text == "blanks" || text == "blank" || text == " " {
        separator = .blanks
      } else if text == "tab" || text == "\\t" {
        separator = .byte(UInt8(ascii: "\t"))
      } else if let byte, !Self.isPartOfNumber(byte), byte != UInt8(ascii: "\"") {
        separator = .byte(byte)
      } else {
        return false
      }
    case .decimal:
      guard text == "." || text == "," else { return false }
      decimal = byte
    case .thousands:
      if text == "none" {
        thousands = DialectOptions.Choice.none
      } else if text == "blank" {
        thousands = .byte(UInt8(ascii: " "))
      } else if let byte, ",.'_ ".utf8.contains(byte) {
        thousands = .byte(byte)
      } else {
        return false
      }
    case .quote:
      if text == "none" {
        quote = DialectOptions.Choice.none
      } else if let byte, !Self.isPartOfNumber(byte), byte != UInt8(ascii: "\t") {
        quote = .byte(byte)
      } else {
        return false
      }
    case .comment:
      if text == "none" {
        comment = []
      } else {
        guard (1...2).contains(bytes.count), bytes.allSatisfy({ (0x21..<0x7F).contains($0) }) else {
          return false
        }
        comment = bytes
      }
    case .skip:
      guard let count = Int(text), (0...1_000_000).contains(count) else { return false }
      skippedLineCount = count
    case .encoding:
      guard let named = TextEncoding(rawValue: text.lowercased()) else { return false }
      encoding = named
    }
    return true
  }

  /// What `set` would take; nil where nothing is said.
  public func text(_ key: DialectKey) -> String? {
    func text(_ choice: Choice) -> String {
      switch choice {
      case .none: "none"
      case .byte(UInt8(ascii: " ")): "blank"
      case .byte(let byte): String(decoding: [byte], as: UTF8.self)
      }
    }
    return switch key {
    case .separator:
      separator.map { separator in
        switch separator {
        case .blanks: "blanks"
        case .byte(UInt8(ascii: "\t")): "tab"
        case .byte(let byte): String(decoding: [byte], as: UTF8.self)
        }
      }
    case .decimal: decimal.map { String(decoding: [$0], as: UTF8.self) }
    case .thousands: thousands.map(text)
    case .quote: quote.map(text)
    case .comment: comment.map { $0.isEmpty ? "none" : String(decoding: $0, as: UTF8.self) }
    case .skip: skippedLineCount.map { "\($0)" }
    case .encoding: encoding?.rawValue
    }
  }

  /// What has all that is said by a dialect where that is not plain.
  package init(_ dialect: CSVDialect) {
    let plain = CSVDialect.plain
    if dialect.mergesBlanks {
      separator = .blanks
    } else if dialect.separator != plain.separator {
      separator = .byte(dialect.separator)
    }
    if dialect.marks != plain.marks {
      decimal = dialect.marks.decimal
      if let mark = dialect.marks.thousands { thousands = .byte(mark) }
    }
    if dialect.quote != plain.quote {
      quote = dialect.quote.map(Choice.byte) ?? DialectOptions.Choice.none
    }
    if !dialect.comment.isEmpty { comment = dialect.comment }
    if dialect.skippedLineCount > 0 { skippedLineCount = dialect.skippedLineCount }
    if dialect.encoding != plain.encoding { encoding = dialect.encoding }
  }

  /// The same, with what is said here alone in the place of what is not said there.
  package func completed(by other: DialectOptions) -> DialectOptions {
    var options = self
    for key in DialectKey.allCases where options.text(key) == nil {
      if let text = other.text(key) { _ = options.set(key, to: text) }
    }
    return options
  }

  private static func isPartOfNumber(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) || "+-.eE".utf8.contains(byte)
  }
}
