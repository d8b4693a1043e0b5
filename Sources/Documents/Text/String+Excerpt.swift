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
}
