/// A message of the protocol buffers format, written as its fields in the order of their numbers.
///
/// A number that is 0, and bytes or a text that are empty, are left out, as readers take what is
/// missing for that; elements of a list and alternatives are always written.
///
/// Source: Protocol Buffers documentation, "Encoding".
struct ProtobufMessage: ExpressibleByDictionaryLiteral {
  /// What a field holds.
  enum Field {
    case number(Int)
    /// A number that is one of several alternatives.
    case alternative(Int)
    case bytes([UInt8])
    case list([[UInt8]])

    /// Numbers, packed.
    static func numbers(_ numbers: [Int]) -> Field {
      .bytes(numbers.flatMap { ProtobufMessage.varint(UInt64(bitPattern: Int64($0))) })
    }

    static func text(_ text: String) -> Field { .bytes(Array(text.utf8)) }

    static func texts(_ texts: [String]) -> Field { .list(texts.map { Array($0.utf8) }) }

    static func messages(_ messages: [ProtobufMessage]) -> Field { .list(messages.map(\.bytes)) }

    static func message(_ message: ProtobufMessage) -> Field { .messages([message]) }
  }

  private(set) var bytes: [UInt8] = []

  init(dictionaryLiteral fields: (UInt64, Field)...) {
    for (number, field) in fields {
      switch field {
      case .number(0), .bytes([]): break
      case .number(let value), .alternative(let value):
        bytes += Self.varint(number << 3) + Self.varint(UInt64(bitPattern: Int64(value)))
      case .bytes(let content): add(number, content)
      case .list(let elements): for element in elements { add(number, element) }
      }
    }
  }

  private mutating func add(_ number: UInt64, _ content: [UInt8]) {
    bytes += Self.varint(number << 3 | 2) + Self.varint(UInt64(content.count))
    bytes += content
  }

  /// Seven bits a byte, the lowest first; all but the last have the eighth bit set.
  private static func varint(_ number: UInt64) -> [UInt8] {
    var (bytes, rest): ([UInt8], UInt64) = ([], number)
    while rest >= 0x80 {
      bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
      rest >>= 7
    }
    return bytes + [UInt8(rest)]
  }
}
