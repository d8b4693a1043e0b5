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
}
