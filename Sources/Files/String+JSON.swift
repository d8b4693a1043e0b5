extension String {
  /// The text as JSON, quotation marks included: no more is escaped than must be.
  ///
  /// Python's `json.dumps(text, ensure_ascii=False)` writes the same.
  package var jsonLiteral: String {
    var literal = "\""
    for scalar in unicodeScalars {
      switch scalar {
      case "\"", "\\": literal += "\\\(scalar)"
      case "\u{8}": literal += "\\b"
      case "\u{C}": literal += "\\f"
      case "\n": literal += "\\n"
      case "\r": literal += "\\r"
      case "\t": literal += "\\t"
      case "\0"..<" ": literal += "\\u00" + [UInt8(scalar.value)].hexadecimal
      default: literal.unicodeScalars.append(scalar)
      }
    }
    return literal + "\""
  }
}
