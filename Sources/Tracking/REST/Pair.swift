/// A key with a value, as MLflow has parameters and tags.
struct Pair: Codable, Sendable {
  let key: String
  let value: String?
}

extension [String: String] {
  var pairs: [Pair] {
    sorted { $0.key < $1.key }.map { Pair(key: $0.key, value: $0.value) }
  }

  init(_ pairs: [Pair]?) {
    self.init((pairs ?? []).map { ($0.key, $0.value ?? "") }) { $1 }
  }
}

/// A whole number, which some servers write as a string.
struct WholeNumber: Decodable {
  let value: Int

  init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    if let text = try? container.decode(String.self) {
      guard let value = Int(text) else {
        throw DecodingError.dataCorruptedError(
          in: container, debugDescription: "\(text) is no whole number")
      }
      self.value = value
    } else {
      value = try container.decode(Int.self)
    }
  }
}
