package import Datasets

/// Whether a table is what a schema says.
package struct SchemaCheck {
  /// All checks, in the order of the schema.
  package private(set) var results: [CheckResult] = []

  private let schema: Schema
  private let table: CSVTable

  /// Checks all rows.
  ///
  /// - Complexity: O(cells).
  package init(_ table: CSVTable, against schema: Schema) {
    (self.schema, self.table) = (schema, table)
    var places: [String: Int] = [:]
    for (index, name) in table.names.enumerated() { places[name] = index }
    results = columns()
    for column in schema.columns {
      if let index = places[column.name] { results += self.column(column, index) }
    }
    results.append(copies())
    if let target = schema.target, let index = places[target] { results += classes(index) }
    for rule in schema.rules where rule.columns.allSatisfy({ places[$0] != nil }) {
      results.append(self.rule(rule, places))
    }
  }

  // MARK: - Columns

  private func columns() -> [CheckResult] {
    let wanted = Set(schema.columns.map(\.name))
    var results = schema.columns.filter { !table.names.contains($0.name) }.map {
      CheckResult(.columns, $0.name, .fails, "the column is not there")
    }
    if !schema.allowsOtherColumns {
      results += table.names.filter { !wanted.contains($0) }.map {
        CheckResult(
          .columns, $0, .fails, "the schema has no such column, nor other_columns: true")
      }
    }
    return results.isEmpty ? [.passing(.columns)] : results
  }

  private func column(_ column: ColumnSchema, _ index: Int) -> [CheckResult] {
    let cells = table.columns[index]
    let missingTexts = schema.missingTexts(of: column.name)
    var (missing, unfit, outside, foreign, repeated): ([Int], [Int], [Int], [Int], [Int]) =
      ([], [], [], [], [])
    var texts: [Int] = []
    let allowed = column.values.map { Set($0) }
    var seen: Set<String> = []
    for row in cells.indices {
      let cell = cells[row]
      if Schema.isMissing(cell, texts: missingTexts) {
        missing.append(row)
        continue
      }
      if column.isUnique, !seen.insert(cell.text).inserted { repeated.append(row) }
      if let allowed, !allowed.contains(cell.text) { foreign.append(row) }
      guard column.kind != .text else {
        texts.append(row)
        continue
      }
      guard let number = column.number(of: cell),
        column.kind != .integer || number.rounded() == number
      else {
        unfit.append(row)
        continue
      }
      if number < column.minimum ?? number || number > column.maximum ?? number {
        outside.append(row)
      }
    }
    func result(
      _ kind: CheckResult.Kind, _ rows: [Int], _ what: (one: String, many: String)
    ) -> CheckResult {
      CheckResult(kind, column.name, .fails, rows, what, table, example: index)
    }
    let kind =
      switch column.kind {
      case .integer: "of whole numbers"
      case .date: "dates such as 2026-03-01"
      case .number, .text: "of finite numbers"
      }
    var results = [result(.type, unfit, ("is not \(kind)", "are not \(kind)"))]
    if column.minimum != nil || column.maximum != nil {
      let range =
        "\(column.minimum.map { CheckWords.end($0, of: column) } ?? "")…"
        + (column.maximum.map { CheckWords.end($0, of: column) } ?? "")
      results.append(result(.range, outside, ("is outside \(range)", "are outside \(range)")))
    }
    if let length = column.length {
      let ends = "\(length.lowerBound) to \(length.upperBound) characters"
      let wrong = texts.filter { !length.contains(cells[$0].text.unicodeScalars.count) }
      results.append(result(.length, wrong, ("does not have \(ends)", "do not have \(ends)")))
    }
    if let pattern = column.pattern {
      let matches = pattern.matches(texts.map { cells[$0].text })
      let wrong = zip(texts, matches).filter { !$0.1 }.map(\.0)
      results.append(
        result(
          .pattern, wrong,
          ("does not match \(pattern.text)", "do not match \(pattern.text)")))
    }
    if allowed != nil {
      results.append(
        result(.values, foreign, ("is none of the values", "are none of the values")))
    }
    if column.isUnique {
      results.append(result(.unique, repeated, ("is there already", "are there already")))
    }
    let share = Double(missing.count) / Double(cells.count)
    results.append(
      CheckResult(
        .missing, column.name, .fails, share <= column.missing ? [] : missing,
        ("has no value", "have no value"), table,
        ending: "; \(CheckWords.percent(share)), at most \(CheckWords.percent(column.missing))"))
    return results
  }

  // MARK: - Rows

  private func copies() -> CheckResult {
    let copies = TableRows(table).copies
    let share = Double(copies.count) / Double(table.rowCount)
    return CheckResult(
      .copies, nil, .fails, share <= schema.copies ? [] : copies, ("is a copy", "are copies"),
      table,
      ending: "; \(CheckWords.percent(share)), at most \(CheckWords.percent(schema.copies))")
  }

  private func classes(_ index: Int) -> [CheckResult] {
    guard !schema.classShares.isEmpty else { return [] }
    var counts: [String: Int] = [:]
    for cell in table.columns[index] { counts[cell.text, default: 0] += 1 }
    var results = schema.classShares.map { wanted -> CheckResult in
      let count = counts[wanted.label, default: 0]
      let share = Double(count) / Double(table.rowCount)
      guard share < wanted.minimum || share > wanted.maximum else {
        return .passing(.classes, wanted.label)
      }
      return CheckResult(
        .classes, wanted.label, .fails,
        "\(count) of \(table.rowCount) rows, \(CheckWords.percent(share)), are of the class; "
          + "\(CheckWords.percent(wanted.minimum)) to \(CheckWords.percent(wanted.maximum)) may be")
    }
    if counts.count < 2 {
      results.append(CheckResult(.classes, nil, .fails, "all rows are of one class"))
    }
    return results
  }

  private func rule(_ rule: Rule, _ places: [String: Int]) -> CheckResult {
    var missingTexts: [String: Set<String>] = [:]
    for name in rule.columns { missingTexts[name] = schema.missingTexts(of: name) }
    let broken = (0..<table.rowCount).filter { row in
      !rule.allows { name in
        guard let index = places[name] else { return nil }
        let cell = table.columns[index][row]
        return Schema.isMissing(cell, texts: missingTexts[name] ?? []) ? nil : cell
      }
    }
    return CheckResult(.rule, rule.text, .fails, broken, ("breaks it", "break it"), table)
  }
}
