import Documents

/// A CSV file of any columns, cell by cell: text, numbers and gaps as they are.
///
/// For those who judge a file rather than learn from it: where `CSVReader` refuses a value that no
/// model can take, a table holds it.
package struct CSVTable: Sendable {
  /// What is between two commas.
  package struct Cell: Sendable, Equatable {
    /// The content, without quotation marks.
    package let text: String

    /// The content as a plain decimal number, `nan` and `inf` among them; nil for other text.
    package let number: Double?
  }

  /// The file as errors call it.
  package let file: String

  /// The names of the columns: those of the header, or `column_0`, `column_1`, ….
  package let names: [String]

  /// The cells, column by column.
  package let columns: [[Cell]]

  /// The line, from 1, on which each row begins.
  package let lines: [Int]

  /// Number of rows of data.
  package var rowCount: Int { lines.count }

  /// Reads the bytes of a file.
  ///
  /// - Throws: `DatasetsError.emptyFile`, `.noRows`, `.raggedRow`, `.emptyColumnName`,
  ///   `.duplicateColumnName`, and those of syntax, `invalidUTF8` to `strayCarriageReturn`.
  /// - Complexity: O(bytes) time; about 32 bytes of memory a cell.
  package init(bytes: [UInt8], file: String, hasHeader: Bool = true) throws(DatasetsError) {
    var scanner = CSVScanner(bytes: bytes, file: file)
    var names: [String] = []
    var columns: [[Cell]] = []
    var lines: [Int] = []
    var isFirst = true
    while let field = try scanner.next() {
      let text = scanner.text(of: field)
      if isFirst {
        if hasHeader {
          guard !text.isEmpty else { throw .emptyColumnName(at: scanner.location(of: field)) }
          if let first = names.firstIndex(of: text) {
            throw .duplicateColumnName(
              at: scanner.location(of: field), name: text, firstColumn: first + 1)
          }
        }
        names.append(hasHeader ? text : "column_\(names.count)")
        columns.append([])
        isFirst = !field.endsRow
        if hasHeader { continue }
      }
      if field.column == 1 { lines.append(field.line) }
      let isLast = field.column == columns.count
      guard field.column <= columns.count, isFirst || field.endsRow == isLast else {
        throw try scanner.raggedRow(through: field, expected: columns.count)
      }
      columns[field.column - 1].append(Cell(text: text, number: Self.number(scanner, field)))
    }
    guard !names.isEmpty else { throw .emptyFile(file: file) }
    guard !lines.isEmpty else { throw .noRows(file: file) }
    (self.file, self.names, self.columns, self.lines) = (file, names, columns, lines)
  }

  /// The table without some of its columns.
  package func without(_ indices: Set<Int>) -> CSVTable {
    let kept = names.indices.filter { !indices.contains($0) }
    return CSVTable(
      file: file, names: kept.map { names[$0] }, columns: kept.map { columns[$0] }, lines: lines)
  }

  private init(file: String, names: [String], columns: [[Cell]], lines: [Int]) {
    (self.file, self.names, self.columns, self.lines) = (file, names, columns, lines)
  }

  /// The column that a person means.
  ///
  /// - Throws: `DatasetsError.unknownColumn`.
  package func column(_ reference: ColumnReference) throws(DatasetsError) -> Int {
    try reference.index(among: names, file: file)
  }

  private static func number(_ scanner: CSVScanner, _ field: CSVField) -> Double? {
    switch scanner.number(in: field) {
    case .finite(let value), .nonFinite(let value): value
    case .outOfRange: .infinity
    case .empty, .text: nil
    }
  }
}
