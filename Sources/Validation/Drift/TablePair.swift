import Datasets

/// A file and its reference, column by column.
struct TablePair: Sendable {
  /// What a column holds.
  enum Content: Sendable {
    /// Numbers, NaN where there is none: of the file, of the reference.
    case numbers([Double], [Double])
    /// Indices of categories, −1 where there is none, and what they are called.
    case categories([Int], [Int], names: [String])
  }

  /// Rows of both.
  struct Rows: Sendable {
    var file: [Int]
    var reference: [Int]
  }

  let columns: [(name: String, isTarget: Bool, content: Content)]

  /// The names of columns that are not compared: texts that hardly ever repeat, and dates.
  let skipped: [String]

  let allRows: Rows

  /// The rows of each class, in the order of their names.
  let rowsOfClasses: [(label: String, rows: Rows)]

  /// - Precondition: The columns of both are named the same.
  init(_ table: CSVTable, _ reference: CSVTable, target: Int?) {
    precondition(Set(table.names) == Set(reference.names), "The columns must be the same")
    let missingTexts = Set(Schema.usualMissingTexts)
    let inferred = SchemaInference(
      of: reference,
      target: target.flatMap { target in
        reference.names.firstIndex(of: table.names[target])
      }
    ).schema
    var columns: [(name: String, isTarget: Bool, content: Content)] = []
    var skipped: [String] = []
    for (index, name) in table.names.enumerated() {
      let other = reference.names.firstIndex(of: name) ?? index
      let (file, base) = (table.columns[index], reference.columns[other])
      let isUnique = inferred.columns[other].isUnique
      // Dates of later files are later: that is no drift.
      if isUnique || inferred.columns[other].kind == .date {
        skipped.append(name)
      } else if inferred.columns[other].kind != .text {
        // So large that powers stay finite: what lies beyond is all the same.
        let number = { (cell: CSVTable.Cell) in
          cell.number.flatMap { $0.isFinite ? min(max($0, -1e100), 1e100) : nil } ?? .nan
        }
        columns.append((name, false, .numbers(file.map(number), base.map(number))))
      } else {
        var codes: [String: Int] = [:]
        func coded(_ cells: [CSVTable.Cell]) -> [Int] {
          cells.map { cell in
            let texts = index == target ? [] : missingTexts
            guard !Schema.isMissing(cell, texts: texts) else { return -1 }
            if let code = codes[cell.text] { return code }
            codes[cell.text] = codes.count
            return codes.count - 1
          }
        }
        let content = (coded(file), coded(base))
        if index == target || 5 * codes.count <= file.count + base.count {
          columns.append(
            (
              name, index == target,
              .categories(
                content.0, content.1, names: codes.sorted { $0.value < $1.value }.map(\.key))
            ))
        } else {
          skipped.append(name)
        }
      }
    }
    (self.columns, self.skipped) = (columns, skipped)
    allRows = Rows(file: Array(0..<table.rowCount), reference: Array(0..<reference.rowCount))
    var classes: [String: Rows] = [:]
    if let target, let other = reference.names.firstIndex(of: table.names[target]) {
      for (row, cell) in table.columns[target].enumerated() {
        classes[cell.text, default: Rows(file: [], reference: [])].file.append(row)
      }
      for (row, cell) in reference.columns[other].enumerated() {
        classes[cell.text, default: Rows(file: [], reference: [])].reference.append(row)
      }
    }
    rowsOfClasses =
      classes
      .filter { !$0.key.isEmpty }
      .sorted { $0.key.unicodeScalars.lexicographicallyPrecedes($1.key.unicodeScalars) }
      .map { ($0.key, $0.value) }
  }
}
