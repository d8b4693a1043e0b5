extension Table {
  /// Columns of a terminal that tables fit.
  package static let terminalWidth = 100

  /// Columns of text get no narrower than this, unless all that is in them is.
  private static let narrowest = 8

  /// The table for a terminal, with a rule under the header, and its notes; no trailing spaces.
  ///
  /// Where it is too wide, titles are broken between words first; then texts, in the columns where that
  /// makes the fewest lines; then the columns of numbers are dealt out to several tables, each with the texts at their left.
  package func lines(width: Int = terminalWidth) -> [String] {
    var lines: [String] = []
    for (index, part) in parts(width).enumerated() {
      lines += (index > 0 ? [""] : []) + part
    }
    for (index, note) in notes.enumerated() {
      lines += (index == 0 ? [""] : []) + note.wrapped(to: width)
    }
    return lines
  }

  /// The columns that go into one table each, as the width allows.
  private func parts(_ limit: Int) -> [[String]] {
    // Titles in one line, in two, or in as many as they have words.
    var widths: [Int] = []
    for lines in [1, 2, .max] {
      widths = columns.indices.map {
        max(Self.width(of: columns[$0].title, lines: lines), contentWidth($0))
      }
      if total(widths) <= limit { return [rendered(Array(columns.indices), widths)] }
    }
    let stub = Array(columns.indices.prefix { !columns[$0].isNumber || columns[$0].isLabel })
    let narrowest = columns.map { max(Self.narrowest, Self.width(of: $0.title, lines: .max)) }
    let whole = widths
    while total(widths) > limit,
      let cheapest = columns.indices.filter({
        !columns[$0].isNumber && widths[$0] > narrowest[$0]
      }).min(by: { cost(of: $0, widths[$0]) < cost(of: $1, widths[$1]) })
    {
      widths[cheapest] -= 1
    }
    guard total(widths) > limit else { return [rendered(Array(columns.indices), widths)] }
    // Several tables have room for texts that one would break.
    if total(stub.map { whole[$0] }) <= limit / 2 {
      for column in stub { widths[column] = whole[column] }
    }
    var parts: [[Int]] = []
    for column in columns.indices.dropFirst(stub.count) {
      if let last = parts.last, total((stub + last + [column]).map { widths[$0] }) <= limit {
        parts[parts.count - 1].append(column)
      } else {
        parts.append([column])
      }
    }
    return parts.map { rendered(stub + $0, widths) }
  }

  private func total(_ widths: [Int]) -> Int { widths.reduce(0, +) + 2 * max(0, widths.count - 1) }

  /// How many lines more a column of text has when it is narrower by one, a broken word counting as many, and
  /// how narrow it is: of two that cost the same, the wider gives way.
  private func cost(of column: Int, _ width: Int) -> (lines: Int, narrowness: Int) {
    let lines = { (width: Int) in
      rows.prefix(Self.sample).reduce(0) { sum, row in
        let text = columns[column].plain(row[column])
        let broken = text.split(separator: " ").count { $0.count > width }
        return sum + text.folded(to: width).count + 4 * broken
      }
    }
    return (lines(width - 1) - lines(width), -width)
  }

  /// Rows that a layout is chosen by.
  private static let sample = 100

  /// The least width at which a title has no more than so many lines and no broken word.
  private static func width(of title: String, lines: Int) -> Int {
    let longest = title.split(separator: " ").map(\.count).max() ?? 0
    return (longest...max(longest, title.count)).first { title.wrapped(to: $0).count <= lines }
      ?? title.count
  }

  private func contentWidth(_ column: Int) -> Int {
    let widths = partWidths(column)
    let labels = rows.map { ($0[column].label ?? "").count + widths.mark }.max() ?? 0
    return max(widths.head + widths.tail + widths.mark, labels)
  }

  /// How wide the parts of a column are, labels aside.
  private func partWidths(_ column: Int) -> (head: Int, tail: Int, mark: Int) {
    rows.reduce(into: (0, 0, 0)) { widths, row in
      widths.2 = max(widths.2, row[column].mark.count)
      guard row[column].label == nil else { return }
      let (head, tail) = columns[column].parts(row[column])
      widths.0 = max(widths.0, head.count)
      widths.1 = max(widths.1, tail.count)
    }
  }

  private func rendered(_ shown: [Int], _ widths: [Int]) -> [String] {
    let parts = columns.indices.map(partWidths)
    let titles = shown.map { columns[$0].title.wrapped(to: widths[$0]) }
    let height = titles.map(\.count).max() ?? 1
    // Titles end on one line, above the rule.
    var lines = block(
      shown, widths, titles.map { Array(repeating: "", count: height - $0.count) + $0 })
    lines.append(
      shown.map { String(repeating: "─", count: widths[$0]) }.joined(separator: "  "))
    for (index, group) in groups.enumerated() {
      if index > 0 { lines.append("") }
      for row in group {
        let cells = shown.map { column in
          let (head, tail) = columns[column].parts(row[column])
          guard columns[column].isNumber else {
            return (head + tail + row[column].mark).folded(to: widths[column])
          }
          let own = parts[column]
          let text =
            row[column].label == nil && row[column] != .missing
            ? head + tail.padded(to: own.tail) : head
          return [text + row[column].mark.filled(to: own.mark)]
        }
        lines += block(shown, widths, cells)
      }
    }
    return lines
  }

  /// Cells of one or more lines beside each other.
  private func block(_ shown: [Int], _ widths: [Int], _ cells: [[String]]) -> [String] {
    (0..<(cells.map(\.count).max() ?? 1)).map { line in
      let texts = zip(shown, cells).map { column, cell in
        let text = line < cell.count ? cell[line] : ""
        return columns[column].isNumber
          ? text.padded(to: widths[column]) : text.filled(to: widths[column])
      }
      return String(texts.joined(separator: "  ").reversed().drop { $0 == " " }.reversed())
    }
  }
}

extension String {
  /// The text at the right edge of a width.
  func padded(to width: Int) -> String {
    String(repeating: " ", count: max(0, width - count)) + self
  }

  /// The text at the left edge of a width.
  fileprivate func filled(to width: Int) -> String {
    self + String(repeating: " ", count: max(0, width - count))
  }
}
