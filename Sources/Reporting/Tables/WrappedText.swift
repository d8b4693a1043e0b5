extension String {
  /// The text in lines of at most `width` characters, broken between words.
  ///
  /// A longer word has a line of its own.
  package func wrapped(to width: Int) -> [String] {
    var lines: [String] = []
    for word in split(separator: " ") {
      if let last = lines.last, last.count + 1 + word.count <= width {
        lines[lines.count - 1] += " \(word)"
      } else {
        lines.append(String(word))
      }
    }
    return lines.isEmpty ? [""] : lines
  }

  /// The text in lines of at most `width` characters, broken between words, and inside longer ones.
  ///
  /// Words are broken after a sign that parts names, such as the colon of `out-of-range:kappa=100`.
  func folded(to width: Int) -> [String] {
    guard count > width, width > 0 else { return [self] }
    return wrapped(to: width).flatMap { line -> [String] in
      var (rest, lines) = (Substring(line), [String]())
      while rest.count > width {
        let start = rest.prefix(width)
        let cut = start.lastIndex { ":,;=+/-_".contains($0) }.map { start.index(after: $0) }
        let end = cut ?? start.endIndex
        lines.append(String(rest[..<end]))
        rest = rest[end...]
      }
      return lines + [String(rest)]
    }
  }
}
