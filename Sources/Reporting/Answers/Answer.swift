import Analyses

/// What an analysis says, in text, tables and figures; renderers make a terminal's lines or a page of it.
package struct Answer: Sendable {
  /// What was run, a line each.
  package var heading: [String]

  /// The sections.
  package var sections: [Section]

  /// An answer.
  package init(heading: [String], _ sections: [Section] = []) {
    (self.heading, self.sections) = (heading, sections)
  }

  /// The figures of all sections.
  package var figures: [Figure] {
    sections.flatMap(\.blocks).compactMap {
      if case .figure(let figure) = $0 { figure } else { nil }
    }
  }

  /// The tables of all sections, with names made of titles for files.
  package var tables: [(name: String, table: Table)] {
    let found = sections.flatMap { section in
      section.blocks.compactMap { block -> (String, Table)? in
        guard case .table(let table) = block else { return nil }
        let words = section.title.lowercased().split { !$0.isASCII || !$0.isLetter && !$0.isNumber }
        return (words.joined(separator: "-"), table)
      }
    }
    return Array(zip(found.map(\.0).numbered, found.map(\.1)))
  }

  /// A part under a title.
  package struct Section: Sendable {
    let title: String
    let blocks: [Block]

    init(_ title: String, _ blocks: [Block]) { (self.title, self.blocks) = (title, blocks) }

    /// A section with a table; nil for a table without rows.
    init?(_ title: String, _ table: Table, _ rest: [Block] = []) {
      guard !table.isEmpty else { return nil }
      self.init(title, [.table(table)] + rest)
    }

    /// A section of figures; nil for none.
    init?(_ title: String, figures: [Figure]) {
      guard !figures.isEmpty else { return nil }
      self.init(title, figures.map(Block.figure))
    }
  }

  /// A piece of a section.
  enum Block: Sendable {
    /// Paragraphs.
    case text([String])
    /// What is said first, and loudest.
    case summary([String])
    /// Paragraphs for those at a command line, who can do what they say.
    case hint([String])
    case table(Table)
    case figure(Figure)
    /// Lines that a page shows when they are asked for.
    case details(String, [String])
  }
}
