/// An item of a list such as `median,age=drop,"a,b"=error`: a choice, for one column or for all others.
///
/// A name that holds a comma stands between quotation marks, as in CSV; an equals sign in a name is a part
/// of it unless it is the last.
struct NamedChoice: Equatable {
  /// The column; nil for all that are not named.
  let name: String?

  /// What is chosen, as it is written.
  let choice: String

  /// Takes a list apart.
  static func list(_ text: String) -> [NamedChoice] {
    var items: [[Unicode.Scalar]] = [[]]
    var isQuoted = false
    for scalar in text.unicodeScalars {
      if scalar == "\"", isQuoted || items[items.count - 1].isEmpty {
        isQuoted.toggle()
      } else if scalar == "\"", items[items.count - 1].last == "\"" {
        // A doubled mark inside, which closed the name for a moment.
        isQuoted = true
      }
      if scalar == ",", !isQuoted {
        items.append([])
      } else {
        items[items.count - 1].append(scalar)
      }
    }
    return items.map { NamedChoice($0) }
  }

  private init(_ scalars: [Unicode.Scalar]) {
    let end = scalars.lastIndex(of: "=")
    choice = Self.string(scalars[(end.map { $0 + 1 } ?? 0)...])
    name = end.map { Self.unquoted(scalars[..<$0]) }
  }

  /// A choice for a column.
  init(_ name: String?, _ choice: String) { (self.name, self.choice) = (name, choice) }

  /// The item as it is written.
  var text: String { name.map { "\(ColumnReference.item($0))=\(choice)" } ?? choice }

  private static func unquoted(_ scalars: ArraySlice<Unicode.Scalar>) -> String {
    guard scalars.count >= 2, scalars.first == "\"", scalars.last == "\"" else {
      return string(scalars)
    }
    return string(scalars.dropFirst().dropLast()).replacing("\"\"", with: "\"")
  }

  private static func string(_ scalars: ArraySlice<Unicode.Scalar>) -> String {
    var text = String.UnicodeScalarView()
    text.append(contentsOf: scalars)
    return String(text)
  }
}
