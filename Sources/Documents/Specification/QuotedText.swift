/// Text between quotation marks, in which a mark that would divide the rest has no meaning.
///
/// As in CSV, a quotation mark inside is doubled. Marks that are not closed, or that something else than a
/// dividing mark follows, are a part of the text.
enum QuotedText {
  /// What divides values and their lists, and so may follow a closing mark.
  private static let dividing: Set<Unicode.Scalar> = [",", "+", ";"]

  /// The parts of a text between divisions at `mark`, as they are written.
  static func parts(
    of text: String, at mark: Unicode.Scalar
  ) -> [String] {
    let scalars = Array(text.unicodeScalars)
    var parts: [String] = []
    var (start, place) = (0, 0)
    while place < scalars.count {
      if scalars[place] == "\"", mayOpen(after: place == 0 ? nil : scalars[place - 1]),
        let end = end(of: scalars, from: place)
      {
        place = end
      } else {
        if scalars[place] == mark {
          parts.append(string(scalars[start..<place]))
          start = place + 1
        }
        place += 1
      }
    }
    return parts + [string(scalars[start...])]
  }

  /// The text between the marks that it begins and ends with; nil where it does not.
  static func content(_ text: String) -> String? {
    let scalars = Array(text.unicodeScalars)
    guard scalars.first == "\"", end(of: scalars, from: 0) == scalars.count else { return nil }
    return string(scalars[1..<scalars.count - 1]).replacing("\"\"", with: "\"")
  }

  /// The text between marks.
  static func quoted(_ text: String) -> String {
    "\"\(text.replacing("\"", with: "\"\""))\""
  }

  private static func mayOpen(after scalar: Unicode.Scalar?) -> Bool {
    scalar.map { $0 == "=" || dividing.contains($0) } ?? true
  }

  /// The place after the mark that closes the one at `start`; nil where none does.
  private static func end(of scalars: [Unicode.Scalar], from start: Int) -> Int? {
    var place = start + 1
    while place < scalars.count {
      if scalars[place] == "\"" {
        let next = place + 1
        guard next < scalars.count, scalars[next] == "\"" else {
          return next == scalars.count || dividing.contains(scalars[next]) ? next : nil
        }
        place = next
      }
      place += 1
    }
    return nil
  }

  private static func string(_ scalars: ArraySlice<Unicode.Scalar>) -> String {
    var text = String.UnicodeScalarView()
    text.append(contentsOf: scalars)
    return String(text)
  }
}
