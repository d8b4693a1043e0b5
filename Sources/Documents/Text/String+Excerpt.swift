extension String {
  /// The text in quotation marks on one line: control characters escaped, cut after 60 scalars.
  package var quotedExcerpt: String {
    let limit = 60
    var escaped = ""
    for scalar in unicodeScalars.prefix(limit) {
      // A quotation mark inside is left as the reader of the message sees it in the file.
      escaped += scalar == "\"" || scalar == "'" ? String(scalar) : scalar.escaped(asASCII: false)
    }
    let isCut = unicodeScalars.count > limit
    return "\"\(escaped)\(isCut ? "…" : "")\""
  }

  /// The text as a table shows it: on one line, and quoted where blanks begin or end it.
  package var shownInTable: String {
    let escaped = unicodeScalars.reduce(into: "") {
      $0 += $1 == "\"" || $1 == "'" ? String($1) : $1.escaped(asASCII: false)
    }
    return first?.isWhitespace == true || last?.isWhitespace == true || isEmpty
      ? "\"\(escaped)\"" : escaped
  }
}
