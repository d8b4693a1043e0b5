/// The texts that stand for no value in the fields of a file.
struct GapTexts: Sendable {
  /// The texts, besides nothing itself.
  private let texts: [[UInt8]]

  private let longest: Int

  /// Whether a text that is a number stands for none.
  let holdsNumbers: Bool

  /// The texts that somebody names, and those that usually stand for no value unless that is not wanted.
  init(_ options: EncodingOptions) {
    let texts = options.missingTexts + (options.usesUsualTexts ? MissingText.usual : [])
    self.init(texts)
  }

  init(_ texts: [String]) {
    self.texts = texts.map { Array($0.utf8) }
    longest = self.texts.map(\.count).max() ?? 0
    holdsNumbers = self.texts.contains { text in
      if case .finite = PlainDecimal(text.span) { true } else { false }
    }
  }

  /// Whether a field holds no value: nothing but blanks, or one of the texts with blanks around it.
  func contains(_ field: Span<UInt8>) -> Bool {
    var (start, end) = (0, field.count)
    while start < end, Self.isBlank(field[start]) { start += 1 }
    while end > start, Self.isBlank(field[end - 1]) { end -= 1 }
    guard start < end else { return true }
    guard end - start <= longest else { return false }
    return texts.contains { text in
      guard text.count == end - start else { return false }
      for index in text.indices where text[index] != field[start + index] { return false }
      return true
    }
  }

  private static func isBlank(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t")
  }
}
