extension ColumnReference {
  /// The references in a list parted by commas; what stands between quotation marks, as in CSV, may hold
  /// one.
  ///
  /// Where a mark is not closed or text follows it, it is a part of the name.
  public static func list(_ text: String) -> [ColumnReference] {
    var names: [String] = []
    var rest = Array(text.unicodeScalars)[...]
    while true {
      if let (name, after) = quoted(rest) {
        names.append(name)
        rest = after
      } else {
        let end = rest.firstIndex(of: ",") ?? rest.endIndex
        names.append(string(rest[..<end]))
        rest = rest[end...]
      }
      guard !rest.isEmpty else { break }
      rest.removeFirst()
    }
    return names.map { ColumnReference($0) }
  }

  /// The name between marks at the beginning, and what follows: a comma or nothing.
  private static func quoted(
    _ text: ArraySlice<Unicode.Scalar>
  ) -> (String, ArraySlice<Unicode.Scalar>)? {
    guard text.first == "\"" else { return nil }
    var name: [Unicode.Scalar] = []
    var place = text.startIndex + 1
    while place < text.endIndex {
      if text[place] == "\"" {
        let next = place + 1
        guard next < text.endIndex, text[next] == "\"" else {
          return next == text.endIndex || text[next] == ","
            ? (string(name[...]), text[next...]) : nil
        }
        place = next
      }
      name.append(text[place])
      place += 1
    }
    return nil
  }

  private static func string(_ scalars: ArraySlice<Unicode.Scalar>) -> String {
    var text = String.UnicodeScalarView()
    text.append(contentsOf: scalars)
    return String(text)
  }

  /// The name as an item of such a list.
  public static func item(_ name: String) -> String { CSVWriter.quoted(name) }
}
