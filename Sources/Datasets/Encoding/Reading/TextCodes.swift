/// Different texts, told apart by their bytes and numbered as they come.
struct TextCodes: Sendable {
  /// The texts.
  private(set) var texts: [[UInt8]] = []

  /// Where the text of a hash is; texts with equal hashes follow at the next ones.
  private var places: [UInt64: Int] = [:]

  /// No text.
  init() {}

  /// Texts that are known.
  init(_ texts: [String]) {
    for text in texts {
      let bytes = Array(text.utf8)
      _ = insert(bytes.span)
    }
  }

  var count: Int { texts.count }

  /// The number of a text; nil where it is not there.
  func code(of text: Span<UInt8>) -> Int? {
    var hash = TextHash.hash(text)
    while let place = places[hash] {
      if Self.isEqual(texts[place], text) { return place }
      hash &+= 1
    }
    return nil
  }

  /// The number of a text, a new one where it is not there.
  mutating func insert(_ text: Span<UInt8>) -> Int {
    var hash = TextHash.hash(text)
    while let place = places[hash] {
      if Self.isEqual(texts[place], text) { return place }
      hash &+= 1
    }
    places[hash] = texts.count
    texts.append(text.indices.map { text[$0] })
    return texts.count - 1
  }

  /// The texts in the order that classes have: by value where all are numbers, else by Unicode scalars.
  func ordered() -> [String] {
    var labels = CSVLabels()
    for text in texts { labels.append(text[...]) }
    return labels.ordered().classNames
  }

  private static func isEqual(_ bytes: [UInt8], _ text: Span<UInt8>) -> Bool {
    guard bytes.count == text.count else { return false }
    for index in bytes.indices where bytes[index] != text[index] { return false }
    return true
  }
}
