extension Answer {
  /// The answer for a terminal; figures are files, and not here.
  package func lines(width: Int = Table.terminalWidth) -> [String] {
    heading.flatMap { $0.wrapped(to: width) }
      + sections.flatMap { section -> [String] in
        let blocks = section.blocks.map { $0.lines(width) }.filter { !$0.isEmpty }
        guard !blocks.isEmpty else { return [] }
        return ["", section.title] + blocks.flatMap { [""] + $0 }
      }
  }

  /// The answer as Markdown of at most `limit` characters: MLflow keeps 8,000 of a note.
  ///
  /// Tables get what is left for them, those at the end the least.
  package func markdown(limit: Int) -> String {
    var text = heading.map { "\($0)\n\n" }.joined()
    for section in sections {
      for (index, block) in section.blocks.enumerated() {
        let title = index == 0 ? "### \(section.title)\n\n" : ""
        let room = limit - text.count - title.count
        guard room > 200, let piece = block.markdown(limit: room) else { continue }
        guard piece.count <= room else { return text }
        text += title + piece + "\n"
      }
    }
    return text
  }
}

extension Answer.Block {
  fileprivate func lines(_ width: Int) -> [String] {
    switch self {
    case .text(let texts), .summary(let texts), .hint(let texts):
      texts.flatMap { $0.wrapped(to: width) }
    case .table(let table): table.lines(width: width)
    case .figure: []
    case .details(let title, let texts):
      [title]
        + texts.flatMap { text in
          text.wrapped(to: width - 4).enumerated().map { ($0 == 0 ? "  " : "    ") + $1 }
        }
    }
  }

  /// The block; nil for what a note does not show.
  fileprivate func markdown(limit: Int) -> String? {
    switch self {
    case .text(let texts), .summary(let texts): texts.joined(separator: "\n\n") + "\n"
    case .table(let table):
      table.markdown(limit: limit - table.notes.reduce(0) { $0 + $1.count + 2 })
        + table.notes.map { "\n\($0)\n" }.joined()
    case .hint, .figure, .details: nil
    }
  }
}
