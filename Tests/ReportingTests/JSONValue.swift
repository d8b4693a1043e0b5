import Foundation

/// Any JSON, with numbers read to the nearest double (`JSONSerialization` misses it).
@dynamicMemberLookup
enum JSONValue: Decodable, Equatable {
  case null
  case bool(Bool)
  case number(Double)
  case text(String)
  case list([JSONValue])
  case object([String: JSONValue])

  init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    if container.decodeNil() {
      self = .null
    } else if let bool = try? container.decode(Bool.self) {
      self = .bool(bool)
    } else if let number = try? container.decode(Double.self) {
      self = .number(number)
    } else if let text = try? container.decode(String.self) {
      self = .text(text)
    } else if let list = try? container.decode([JSONValue].self) {
      self = .list(list)
    } else {
      self = .object(try container.decode([String: JSONValue].self))
    }
  }

  init(parsing text: String) throws {
    self = try JSONDecoder().decode(JSONValue.self, from: Data(text.utf8))
  }

  /// The value of a key; nil where there is none.
  subscript(dynamicMember key: String) -> JSONValue? {
    if case .object(let members) = self { members[key] } else { nil }
  }

  /// The value of a key that is a word of the language.
  subscript(key: String) -> JSONValue? { self[dynamicMember: key] }

  var keys: [String] {
    if case .object(let members) = self { members.keys.sorted() } else { [] }
  }

  var number: Double? {
    if case .number(let number) = self { number } else { nil }
  }

  var text: String? {
    if case .text(let text) = self { text } else { nil }
  }

  var items: [JSONValue] {
    if case .list(let items) = self { items } else { [] }
  }

  /// The numbers of a list and of the lists in it.
  var numbers: [Double] {
    if case .number(let number) = self { [number] } else { items.flatMap(\.numbers) }
  }

  var texts: [String] { items.compactMap(\.text) }
}
