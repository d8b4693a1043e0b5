package import Datasets

/// What can be said against a table without a schema.
///
/// What cannot be right fails: text or infinite values among numbers, other texts among dates, a single class. What may be but
/// often is not is noted: gaps, constant columns, values beyond the outer fences, copies, equal rows
/// of different classes, a class of fewer than a tenth of the rows of the largest.
package struct PlainCheck {
  /// All checks, column by column.
  package let results: [CheckResult]

  private static let imbalance = 10

  /// Checks all rows, whose classes are in the column `target`.
  ///
  /// - Complexity: O(n·d·log n).
  package init(_ table: CSVTable, target: Int? = nil) {
    let schema = SchemaInference(of: table, target: target).schema
    var results: [CheckResult] = []
    for (index, column) in schema.columns.enumerated() {
      results += Self.column(
        column, index, table, schema.missingTexts(of: column.name))
    }
    let rows = TableRows(table, target: target)
    results.append(
      CheckResult(.copies, nil, .note, rows.copies, ("is a copy", "are copies"), table))
    if let target {
      results.append(
        CheckResult(
          .contradictions, nil, .note, rows.contradictions,
          ("is equal to one of another class", "are equal to ones of other classes"), table))
      results.append(Self.classes(table.columns[target]))
    }
    self.results = results
  }

  private static func column(
    _ column: ColumnSchema, _ index: Int, _ table: CSVTable, _ missingTexts: Set<String>
  ) -> [CheckResult] {
    let cells = table.columns[index]
    let present = cells.indices.filter { !Schema.isMissing(cells[$0], texts: missingTexts) }
    let missing = cells.indices.filter { Schema.isMissing(cells[$0], texts: missingTexts) }
    var results = [
      CheckResult(.missing, column.name, .note, missing, ("has no value", "have no value"), table)
    ]
    if present.count > 1, Set(present.map { cells[$0].text }).count == 1 {
      results.append(CheckResult(.constant, column.name, .note, "all values are the same"))
    }
    guard column.kind != .text else { return results }
    let unfit = present.filter { column.number(of: cells[$0]) == nil }
    let kind = column.kind == .date ? "dates" : "of finite numbers"
    results.append(
      CheckResult(
        .type, column.name, .fails, unfit, ("is not \(kind)", "are not \(kind)"), table,
        example: index))
    let numbers = present.compactMap { column.number(of: cells[$0]) }.sorted()
    if !column.isUnique, let fences = Fences(sorted: numbers) {
      let far = present.filter { row in
        column.number(of: cells[row]).map { !fences.range.contains($0) } == true
      }
      let range =
        "\(CheckWords.end(fences.range.lowerBound, of: column))…"
        + CheckWords.end(fences.range.upperBound, of: column)
      results.append(
        CheckResult(
          .outliers, column.name, .note, far,
          ("is far outside \(range)", "are far outside \(range)"), table, example: index))
    }
    return results
  }

  private static func classes(
    _ cells: [CSVTable.Cell]
  ) -> CheckResult {
    var counts: [String: Int] = [:]
    for cell in cells where !Schema.isMissing(cell, texts: []) {
      counts[cell.text, default: 0] += 1
    }
    guard counts.count > 1 else {
      return CheckResult(
        .classes, nil, .fails,
        counts.isEmpty
          ? "no row has a class" : "all rows are of one class, \(counts.keys.first ?? "")"
      )
    }
    let largest = counts.values.max() ?? 0
    let small = counts.filter { $0.value * imbalance < largest }.map { "\($0.key) \($0.value)" }
    return small.isEmpty
      ? .passing(.classes)
      : CheckResult(
        .classes, nil, .note,
        "the largest class has \(largest) rows, others far fewer: "
          + small.sorted().prefix(5).joined(separator: ", "))
  }
}
