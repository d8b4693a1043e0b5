/// A mapping of a YAML file from keys, each there once at most, to values.
package struct DocumentMapping<Key: RawRepresentable<String> & CaseIterable & Hashable> {
  private let values: [Key: DocumentNode]

  /// Reads a mapping; `owner` has the keys, where there are others elsewhere.
  ///
  /// - Throws: `DocumentError` for a key that is not one of them.
  package init(
    _ pairs: [(key: DocumentNode, value: DocumentNode)], owner: String? = nil
  ) throws(DocumentError) {
    var values: [Key: DocumentNode] = [:]
    for (node, value) in pairs {
      let text = node.text ?? node.found
      guard let key = Key(rawValue: text) else {
        throw node.unknown("key", of: owner, among: Key.allCases.map(\.rawValue))
      }
      values[key] = value
    }
    self.values = values
  }

  /// The value of a key; nil where it is not there.
  package subscript(key: Key) -> DocumentNode? { values[key] }

  /// Where the values are.
  package var places: [Key: FileLocation] { values.mapValues(\.location) }

  /// What `read` makes of the value of a key; nil where the key is not there.
  package func value<Value>(
    _ key: Key, accepted: String, _ read: (DocumentNode) -> Value?
  ) throws(DocumentError) -> Value? {
    try values[key]?.value(of: key.rawValue, accepted: accepted, read)
  }

  /// Takes the same in the place of what is known without the key.
  package func take<Value>(
    _ key: Key, into value: inout Value, accepted: String, _ read: (DocumentNode) -> Value?
  ) throws(DocumentError) {
    value = try self.value(key, accepted: accepted, read) ?? value
  }

  /// The same for a list, or the one value there is.
  package func items<Value>(
    _ key: Key, accepted: String, _ read: (DocumentNode) -> Value?
  ) throws(DocumentError) -> [Value]? {
    guard let value = values[key] else { return nil }
    var items: [Value] = []
    for item in try value.items(of: key.rawValue, accepted: accepted) {
      items.append(try item.value(of: key.rawValue, accepted: accepted, read))
    }
    return items
  }
}
