/// Text as HTML.
///
/// All is done scalar by scalar: some marks of Unicode join the sign after them to one `Character`, which
/// then is not equal to that sign.
enum HTML {
  /// The text with what HTML would read as its own written out.
  static func escaped(_ text: String) -> String {
    text.unicodeScalars.reduce(into: "") { result, scalar in
      switch scalar {
      case "&": result += "&amp;"
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      case "\"": result += "&quot;"
      case "'": result += "&#39;"
      default: result.unicodeScalars.append(scalar)
      }
    }
  }

  static func paragraphs(_ texts: [String]) -> String {
    texts.map { "<p>\(escaped($0))</p>" }.joined(separator: "\n")
  }

  /// JSON inside a script element, without a sign that could begin a tag.
  static func script(json: String) -> String {
    json.unicodeScalars.reduce(into: "") { result, scalar in
      if scalar == "<" { result += "\\u003c" } else { result.unicodeScalars.append(scalar) }
    }
  }

  /// A program inside a script element.
  ///
  /// Only what ends the element, or hides its end, may not be in it: `<` alone may stand in a regular
  /// expression, where a backslash would change it.
  static func script(program: String) -> String {
    replacing("<!--", by: "<\\!--", in: replacing("</script", by: "<\\/script", in: program))
  }

  private static func replacing(_ part: String, by other: String, in text: String) -> String {
    var (result, rest) = ([UInt8](), Array(text.utf8)[...])
    let (part, other) = (Array(part.utf8), Array(other.utf8))
    while let start = rest.firstIndex(of: part[0]) {
      result += rest[..<start]
      let isThere = rest[start...].starts(with: part) { a, b in a | 0x20 == b | 0x20 }
      result += isThere ? other : [part[0]]
      rest = rest[(start + (isThere ? part.count : 1))...]
    }
    return String(decoding: result + rest, as: UTF8.self)
  }
}
