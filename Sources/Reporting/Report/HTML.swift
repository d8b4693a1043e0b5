/// Text as HTML.
enum HTML {
  /// The text with what HTML would read as its own written out.
  static func escaped(_ text: String) -> String {
    var result = ""
    for character in text {
      switch character {
      case "&": result += "&amp;"
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      case "\"": result += "&quot;"
      default: result.append(character)
      }
    }
    return result
  }

  /// A table whose first row names its columns; columns from `numbers` on are set to the right.
  static func table(_ header: [String], _ rows: [[String]], numbersFrom: Int) -> String {
    let row = { (cells: [String], tag: String) in
      "<tr>"
        + cells.enumerated().map { index, cell in
          "<\(tag)\(index >= numbersFrom ? " class=\"number\"" : "")>\(escaped(cell))</\(tag)>"
        }.joined() + "</tr>"
    }
    return "<div class=\"wide\"><table><thead>\(row(header, "th"))</thead><tbody>"
      + rows.map { row($0, "td") }.joined(separator: "\n") + "</tbody></table></div>"
  }

  /// Paragraphs.
  static func paragraphs(_ texts: [String]) -> String {
    texts.map { "<p>\(escaped($0))</p>" }.joined(separator: "\n")
  }

  /// JSON inside a script element: nothing in it may end the element.
  static func script(json: String) -> String {
    json.split(separator: "</", omittingEmptySubsequences: false).joined(separator: "<\\/")
      .split(separator: "<!--", omittingEmptySubsequences: false).joined(separator: "<\\!--")
  }

  /// A program inside a script element.
  ///
  /// Only the end of the element may not be in it: `</` alone may stand
  /// in a regular expression, where a backslash would change it.
  static func script(program: String) -> String {
    program.split(separator: "</script", omittingEmptySubsequences: false)
      .joined(separator: "<\\/script")
      .split(separator: "<!--", omittingEmptySubsequences: false).joined(separator: "<\\!--")
  }
}
