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
  package var bytes: [UInt8] { Array(written.utf8) }

  private var written: String {
    switch self {
    case .text(let text): return text.jsonLiteral
    case .number(let number): return String(number)
    case .list(let items): return "[\(items.map(\.written).joined(separator: ","))]"
    case .object(let members):
      let sorted = members.sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }
      let pairs = sorted.map { "\($0.key.jsonLiteral):\($0.value.written)" }
      return "{\(pairs.joined(separator: ","))}"
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
