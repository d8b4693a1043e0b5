import Files

/// JSON in the one form the log is written in, so that equal values are equal bytes.
///
/// Texts, whole numbers, lists and objects; no white space; keys ascending by their UTF-8 bytes; in
/// texts only quotation marks, backslashes and control characters are escaped, the latter as \b,
/// \f, \n, \r, \t or \u00XX in lowercase. Python's `json.dumps(value, sort_keys=True,
/// separators=(",", ":"), ensure_ascii=False)` writes the same bytes.
package indirect enum CanonicalJSON: Sendable {
  /// A text.
  case text(String)

  /// A whole number.
  case number(Int)

  /// A list.
  case list([CanonicalJSON])

  /// An object; no two keys are equal.
  case object([String: CanonicalJSON])

  /// The bytes.
  package var bytes: [UInt8] {
    var bytes: [UInt8] = []
    write(to: &bytes)
    return bytes
  }

  private func write(to bytes: inout [UInt8]) {
    switch self {
    case .text(let text): Self.write(text, to: &bytes)
    case .number(let number): bytes += Array(String(number).utf8)
    case .list(let items):
      bytes.append(UInt8(ascii: "["))
      for (index, item) in items.enumerated() {
        if index > 0 { bytes.append(UInt8(ascii: ",")) }
        item.write(to: &bytes)
      }
      bytes.append(UInt8(ascii: "]"))
    case .object(let members):
      bytes.append(UInt8(ascii: "{"))
      let sorted = members.sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }
      for (index, member) in sorted.enumerated() {
        if index > 0 { bytes.append(UInt8(ascii: ",")) }
        Self.write(member.key, to: &bytes)
        bytes.append(UInt8(ascii: ":"))
        member.value.write(to: &bytes)
      }
      bytes.append(UInt8(ascii: "}"))
    }
  }

  private static func write(_ text: String, to bytes: inout [UInt8]) {
    bytes.append(UInt8(ascii: "\""))
    for byte in text.utf8 {
      switch byte {
      case UInt8(ascii: "\""): bytes += Array("\\\"".utf8)
      case UInt8(ascii: "\\"): bytes += Array("\\\\".utf8)
      case 0x08: bytes += Array("\\b".utf8)
      case 0x0C: bytes += Array("\\f".utf8)
      case 0x0A: bytes += Array("\\n".utf8)
      case 0x0D: bytes += Array("\\r".utf8)
      case 0x09: bytes += Array("\\t".utf8)
      case ..<0x20: bytes += Array("\\u00".utf8) + Array([byte].hexadecimal.utf8)
      default: bytes.append(byte)
      }
    }
    bytes.append(UInt8(ascii: "\""))
  }

  /// Reads bytes that must have exactly this form; nil for all others.
  package init?(_ bytes: [UInt8]) {
    var reader = CanonicalJSONReader(bytes)
    guard let value = reader.value(depth: 0), reader.isAtEnd, value.bytes == bytes else {
      return nil
    }
    self = value
  }
}

/// Reads a little more than canonical JSON: `CanonicalJSON` compares with what it would write.
private struct CanonicalJSONReader {
  /// Deeper than any entry.
  private static let depthLimit = 8

  private let bytes: [UInt8]
  private var position = 0

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  var isAtEnd: Bool { position == bytes.count }

  private var next: UInt8? { position < bytes.count ? bytes[position] : nil }

  private mutating func take(_ character: Unicode.Scalar) -> Bool {
    guard next == UInt8(ascii: character) else { return false }
    position += 1
    return true
  }

  mutating func value(depth: Int) -> CanonicalJSON? {
    guard depth < Self.depthLimit, let next else { return nil }
    switch next {
    case UInt8(ascii: "\""): return text().map { .text($0) }
    case UInt8(ascii: "["): return list(depth: depth)
    case UInt8(ascii: "{"): return object(depth: depth)
    default: return number()
    }
  }

  private mutating func number() -> CanonicalJSON? {
    let start = position
    while let next, next == UInt8(ascii: "-") || (0x30...0x39).contains(next) { position += 1 }
    return Int(String(decoding: bytes[start..<position], as: UTF8.self)).map { .number($0) }
  }

  private mutating func list(depth: Int) -> CanonicalJSON? {
    var items: [CanonicalJSON] = []
    guard take("[") else { return nil }
    if take("]") { return .list([]) }
    repeat {
      guard let item = value(depth: depth + 1) else { return nil }
      items.append(item)
    } while take(",")
    return take("]") ? .list(items) : nil
  }

  private mutating func object(depth: Int) -> CanonicalJSON? {
    var members: [String: CanonicalJSON] = [:]
    guard take("{") else { return nil }
    if take("}") { return .object([:]) }
    repeat {
      guard let key = text(), take(":"), let value = value(depth: depth + 1),
        members.updateValue(value, forKey: key) == nil
      else { return nil }
    } while take(",")
    return take("}") ? .object(members) : nil
  }

  private mutating func text() -> String? {
    guard take("\"") else { return nil }
    var content: [UInt8] = []
    while let byte = next {
      position += 1
      switch byte {
      case UInt8(ascii: "\""): return String(validating: content, as: UTF8.self)
      case UInt8(ascii: "\\"):
        guard let escaped = escape() else { return nil }
        content.append(escaped)
      case ..<0x20: return nil
      default: content.append(byte)
      }
    }
    return nil
  }

  private mutating func escape() -> UInt8? {
    guard let byte = next else { return nil }
    position += 1
    switch byte {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"): return byte
    case UInt8(ascii: "b"): return 0x08
    case UInt8(ascii: "f"): return 0x0C
    case UInt8(ascii: "n"): return 0x0A
    case UInt8(ascii: "r"): return 0x0D
    case UInt8(ascii: "t"): return 0x09
    case UInt8(ascii: "u"):
      guard position + 4 <= bytes.count else { return nil }
      let digits = String(decoding: bytes[position..<position + 4], as: UTF8.self)
      position += 4
      return UInt8(digits, radix: 16)
    default: return nil
    }
  }
}
