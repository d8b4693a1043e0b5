import Files
import Foundation

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
    case .text(let text): bytes += Array(text.jsonLiteral.utf8)
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
        bytes += Array(member.key.jsonLiteral.utf8)
        bytes.append(UInt8(ascii: ":"))
        member.value.write(to: &bytes)
      }
      bytes.append(UInt8(ascii: "}"))
    }
  }

  /// Reads bytes that must have exactly this form; nil for all others.
  package init?(_ bytes: [UInt8]) {
    guard let value = try? JSONDecoder().decode(Self.self, from: Data(bytes)), value.bytes == bytes
    else { return nil }
    self = value
  }
}

extension CanonicalJSON: Decodable {
  /// Deeper than any entry.
  private static let depthLimit = 8

  /// Reads more than canonical JSON: whoever asks compares with what would be written.
  package init(from decoder: any Decoder) throws {
    let value = try decoder.singleValueContainer()
    guard decoder.codingPath.count < Self.depthLimit else {
      throw DecodingError.dataCorruptedError(in: value, debugDescription: "too deep")
    }
    if let number = try? value.decode(Int.self) {
      self = .number(number)
    } else if let text = try? value.decode(String.self) {
      self = .text(text)
    } else if let items = try? value.decode([CanonicalJSON].self) {
      self = .list(items)
    } else {
      self = .object(try value.decode([String: CanonicalJSON].self))
    }
  }
}
