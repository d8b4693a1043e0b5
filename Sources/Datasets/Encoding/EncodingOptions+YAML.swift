package import Documents

extension EncodingOptions {
  /// Takes what a file in YAML says: a text or a list of texts as `set` takes them, or a mapping of columns.
  ///
  /// What was said before is forgotten.
  /// - Throws: `DocumentError` at the place of what is not accepted.
  package mutating func take(
    _ key: EncodingKey, _ value: DocumentNode
  ) throws(DocumentError) {
    forget(key)
    let accepted = key.accepted
    if let pairs = value.pairs, key != .missingText {
      for (name, choice) in pairs {
        let item = ColumnReference.item(name.text ?? name.found)
        guard let text = choice.text, set(key, to: "\(item)=\(text)") else {
          throw choice.refusal(of: key.rawValue, accepted: accepted)
        }
      }
      return
    }
    for item in try value.items(of: key.rawValue, accepted: accepted) {
      guard let text = item.text, set(key, to: text) else {
        throw item.refusal(of: key.rawValue, accepted: accepted)
      }
    }
  }

  /// The same, with what is said here alone in the place of what is not said there.
  package func completed(by other: EncodingOptions) -> EncodingOptions {
    var options = self
    for key in EncodingKey.allCases where options.text(key) == nil {
      if let text = other.text(key) { _ = options.set(key, to: text) }
    }
    return options
  }
}
