/// A message of the protocol buffers format, which knows how to write its fields.
///
/// Source: Protocol Buffers documentation, "Encoding".
protocol ProtobufMessage {
  /// Writes the fields in the order of their numbers.
  func write(to fields: inout ProtobufFields)
}

extension ProtobufMessage {
  /// The fields, one after another.
  var bytes: [UInt8] {
    var fields = ProtobufFields()
    write(to: &fields)
    return fields.bytes
  }
}

/// The fields of a message, as bytes.
///
/// A field that is 0 or empty is left out, as readers take what is missing for that; elements of a
/// list and alternatives are always written.
struct ProtobufFields {
  private(set) var bytes: [UInt8] = []

  /// Adds a number that is one of several alternatives.
  mutating func add(_ field: UInt64, alternative number: Int) {
    varint(field << 3)
    varint(UInt64(bitPattern: Int64(number)))
  }

  /// Adds a number.
  mutating func add(_ field: UInt64, _ number: Int) {
    if number != 0 { add(field, alternative: number) }
  }

  /// Adds numbers, packed into one field.
  mutating func add(_ field: UInt64, _ numbers: [Int]) {
    var packed = ProtobufFields()
    for number in numbers { packed.varint(UInt64(bitPattern: Int64(number))) }
    add(field, packed.bytes)
  }

  /// Adds bytes.
  mutating func add(_ field: UInt64, _ content: [UInt8]) {
    if !content.isEmpty { add(field, element: content) }
  }

  /// Adds a text.
  mutating func add(_ field: UInt64, _ text: String) {
    add(field, Array(text.utf8))
  }

  /// Adds texts, empty ones too.
  mutating func add(_ field: UInt64, _ texts: [String]) {
    for text in texts { add(field, element: Array(text.utf8)) }
  }

  /// Adds a message.
  mutating func add(_ field: UInt64, _ message: some ProtobufMessage) {
    add(field, element: message.bytes)
  }

  /// Adds messages.
  mutating func add(_ field: UInt64, _ messages: [some ProtobufMessage]) {
    for message in messages { add(field, message) }
  }

  private mutating func add(_ field: UInt64, element: [UInt8]) {
    varint(field << 3 | 2)
    varint(UInt64(element.count))
    bytes += element
  }

  /// Seven bits a byte, the lowest first; all but the last have the eighth bit set.
  private mutating func varint(_ number: UInt64) {
    var rest = number
    while rest >= 0x80 {
      bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
      rest >>= 7
    }
    bytes.append(UInt8(rest))
  }
}
