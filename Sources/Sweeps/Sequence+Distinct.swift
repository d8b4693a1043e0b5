extension Sequence {
  /// The items whose keys are not those of earlier ones.
  package func distinct<Key: Hashable>(by key: (Element) -> Key) -> [Element] {
    var keys: Set<Key> = []
    return filter { keys.insert(key($0)).inserted }
  }
}

extension Sequence where Element: Hashable {
  /// Each item once, in the order in which they first occur.
  package var distinct: [Element] { distinct(by: \.self) }
}
