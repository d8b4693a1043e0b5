/// Classes whose names differ only in blanks at their ends or in case, so that they may be one.
enum ClassSpelling {
  /// The indices of such classes, in groups of two and more.
  static func groups(_ names: [String], counts: [Int]) -> [[Int]] {
    var groups: [String: [Int]] = [:]
    for (label, name) in names.enumerated() where counts[label] > 0 {
      groups[plain(name), default: []].append(label)
    }
    return groups.values.filter { $0.count > 1 }.sorted { $0[0] < $1[0] }
  }

  private static func plain(_ name: String) -> String {
    var text = name.unicodeScalars[...]
    while text.first?.properties.isWhitespace == true { text.removeFirst() }
    while text.last?.properties.isWhitespace == true { text.removeLast() }
    return String(text).lowercased()
  }
}
