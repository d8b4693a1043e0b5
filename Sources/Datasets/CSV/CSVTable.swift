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

  /// How the file is written.
  package let dialect: CSVDialect

  private let header: CSVHeader

  /// Reads the bytes of a file.
  ///
  /// - Throws: `DatasetsError.emptyFile`, `.noRows`, `.raggedRow`, `.faults`, and those of syntax,
  ///   `invalidUTF8` to `strayCarriageReturn`.
  /// - Complexity: O(bytes) time; about 32 bytes of memory a cell.
  package init(
    bytes: [UInt8], file: String, dialect: CSVDialect = .plain
  ) throws(DatasetsError) {
    var scanner = CSVScanner(bytes: bytes, file: file, dialect: dialect)
    let header = try CSVHeader(&scanner, dialect: dialect, file: file)
    let count = header.names.count
    var columns = [[Cell]](repeating: [], count: count)
    var lines: [Int] = []
    var faults = CSVFaults(file: file)
    do throws(DatasetsError) {
      while let field = try scanner.next() {
        if field.column == 1 {
          lines.append(field.line)
          faults.rowCount += 1
        }
        guard field.column <= count, field.endsRow == (field.column == count) else {
          try faults.take(try scanner.raggedRow(through: field, expected: count))
          continue
        }
        columns[field.column - 1].append(
          Cell(text: scanner.text(of: field), number: Self.number(scanner, field)))
      }
    } catch {
      faults.end(with: error)
    }
    if let error = faults.error { throw error }
    guard !lines.isEmpty else { throw .noRows(file: file) }
    (self.file, self.header, self.columns, self.lines) = (file, header, columns, lines)
    self.dialect = dialect
    names = header.names
  }

  /// The columns that are left out although nobody has said so.
  package var leftOutColumns: Set<Int> { header.leftOutColumns }

  /// The name of the column of the classes, where the file says which it is.
  package var targetName: String? { header.target.map { header.names[$0] } }

  /// The table without some of its columns.
  ///
  /// - Throws: `DatasetsError.emptyColumnName` for a column without a name that is left.
  package func without(_ indices: Set<Int>) throws(DatasetsError) -> CSVTable {
    try header.requireNames(butOf: indices)
    return CSVTable(self, columns: names.indices.filter { !indices.contains($0) })
  }

  private init(_ table: CSVTable, columns: [Int]) {
    (file, lines, dialect) = (table.file, table.lines, table.dialect)
    names = columns.map { table.names[$0] }
    self.columns = columns.map { table.columns[$0] }
    header = CSVHeader(names: names, file: file)
  }

  /// The column that a person means.
  ///
  /// - Throws: `DatasetsError.unknownColumn`, `.ambiguousColumn`.
  package func column(_ reference: ColumnReference) throws(DatasetsError) -> Int {
    try header.index(of: reference)
  }

  private static func number(_ scanner: CSVScanner, _ field: CSVField) -> Double? {
    switch scanner.number(in: field) {
    case .finite(let value), .nonFinite(let value): value
    case .outOfRange: .infinity
    case .empty, .text: nil
    }
  }
}
