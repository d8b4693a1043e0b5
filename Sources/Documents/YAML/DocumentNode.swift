import Yams

/// One value of a YAML file, with its place.
package struct DocumentNode {
  let node: Node
  let file: String

  /// Where the value begins.
  package var location: FileLocation {
    FileLocation(file: file, line: node.mark?.line ?? 1, column: node.mark?.column)
  }

  /// Whether there is no value.
  package var isNothing: Bool {
    guard case .scalar(let scalar) = node else { return false }
    return scalar.style == .plain && ["", "~", "null", "Null", "NULL"].contains(scalar.string)
  }

  /// The value as a message shows it.
  package var found: String {
    switch node {
    case .scalar(let scalar): isNothing ? "empty" : scalar.string.quotedExcerpt
    case .sequence: "a list"
    case .mapping: "a mapping"
    case .alias: "an alias"
    }
  }

  /// The keys and values of a mapping; nil for anything else.
  package var pairs: [(key: Self, value: Self)]? {
    guard case .mapping(let mapping) = node else { return nil }
    return mapping.map { (Self(node: $0.key, file: file), Self(node: $0.value, file: file)) }
  }

  /// The text of a value that is neither a list nor a mapping nor nothing.
  package var text: String? {
    guard case .scalar(let scalar) = node, !isNothing else { return nil }
    return scalar.string
  }

  /// The text of a value that is not quoted.
  private var plainText: String? {
    guard case .scalar(let scalar) = node, scalar.style == .plain else { return nil }
    return scalar.string
  }

  /// A plain decimal number.
  package var number: Double? {
    let allowed = "+-.0123456789eE".unicodeScalars
    guard let plainText, plainText.unicodeScalars.allSatisfy({ allowed.contains($0) }) else {
      return nil
    }
    return Double(plainText)
  }

  /// A plain whole number.
  package var integer: Int? { plainText.flatMap { Int($0) } }

  /// `true` or `false`.
  package var truth: Bool? { plainText.flatMap { Bool($0) } }

  /// The values of a list, or the one value there is.
  ///
  /// - Throws: `DocumentError` for an empty list, a mapping, or nothing.
  package func items(of key: String, accepted: String) throws(DocumentError) -> [Self] {
    if case .sequence(let sequence) = node {
      guard !sequence.isEmpty else {
        throw refusal(of: key, found: "an empty list", accepted: accepted)
      }
      return sequence.map { Self(node: $0, file: file) }
    }
    return [self]
  }

  /// The value that `read` makes of it, or a refusal.
  package func value<Value>(
    of key: String, accepted: String, _ read: (Self) -> Value?
  ) throws(DocumentError) -> Value {
    guard let value = read(self) else { throw refusal(of: key, accepted: accepted) }
    return value
  }

  /// The error that the value, which can be called otherwise, is none that the key can have.
  package func refusal(
    of key: String, found: String? = nil, accepted: String
  ) -> DocumentError {
    error("\(key) cannot be \(found ?? self.found); accepted: \(accepted)")
  }

  /// The error that it is none of the keys that `owner`, or anything at all, has.
  package func unknown(
    _ noun: String, of owner: String?, among keys: [String]
  ) -> DocumentError {
    let key = text ?? found
    return error(
      "\(owner.map { "\($0) has" } ?? "there is") no \(noun) \(key.quotedExcerpt)"
        + Suggestion.ending(for: key, among: keys))
  }

  /// The error that something is wrong here.
  package func error(_ problem: String) -> DocumentError {
    DocumentError(at: location, problem)
  }
}
