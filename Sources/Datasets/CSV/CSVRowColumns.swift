import Documents

/// The columns of a CSV file that say something of its rows and are no features: their groups.
struct CSVRowColumns: FieldSink {
  private let group: Int?
  private let gaps: GapTexts

  /// The different groups, in the order in which they come.
  private var names = TextCodes()

  /// The group of each row, by its place among the names; nil where it has none.
  private var groups: [Int?] = []

  private init(_ columns: CSVColumns, gaps: GapTexts) {
    (group, self.gaps) = (columns.group, gaps)
  }

  mutating func beginRow() {}

  mutating func endRow() {}

  mutating func take(_ field: Span<UInt8>, column: Int) -> FieldFault? {
    guard column == group else { return nil }
    let name = CSVChunk.trimmed(field, 0..<field.count)
    groups.append(gaps.contains(field) ? nil : names.insert(field.extracting(name)))
    return nil
  }

  /// Adds the rows of a later part of the file.
  private mutating func add(_ part: CSVRowColumns) {
    let codes = part.names.texts.map { names.insert($0.span) }
    for group in part.groups { groups.append(group.map { codes[$0] }) }
  }

  /// A data set that was read of a file, with the groups that a column of the file gives its rows.
  ///
  /// What surrounds a name, blanks or tabs, is no part of it. Rows that were left out need no group.
  /// - Throws: `DatasetsError.emptyGroup` for a row without one, or `.faults` for several.
  static func adding(
    to dataset: Dataset, bytes: [UInt8], file: String, options: TableOptions, dialect: CSVDialect,
    chunkByteCount: Int?
  ) throws(DatasetsError) -> Dataset {
    guard options.group != nil else { return dataset }
    var scanner = CSVScanner(bytes: bytes, file: file, dialect: dialect)
    let header = try CSVHeader(&scanner, dialect: dialect, file: file)
    let columns = try CSVColumns(header, options: options, file: file)
    guard let group = columns.group else { return dataset }
    let gaps =
      options.encoding.map { GapTexts($0) } ?? GapTexts(dialect.gapText.map { [$0] } ?? [])
    var all = CSVRowColumns(columns, gaps: gaps)
    let plain = PlainRows(
      columnCount: columns.count, dialect: dialect, chunkByteCount: chunkByteCount)
    if let parts = plain.read(bytes, scanner.position..<scanner.end, into: all) {
      for part in parts { all.add(part) }
    } else {
      var rest = scanner
      while let field = try rest.next() {
        _ = all.take(rest.content(of: field).span, column: field.column - 1)
      }
    }
    let rows = dataset.sourceRows ?? Array(0..<dataset.sampleCount)
    let places = rows.compactMap { all.groups[$0] }
    guard places.count == rows.count else {
      throw try all.faults(in: rows, &scanner, columns, file: file)
    }
    return dataset.grouped(
      by: RowGroups(
        column: columns.names[group], places: places,
        names: all.names.texts.map { String(decoding: $0, as: UTF8.self) }))
  }

  /// Where rows have no group.
  private func faults(
    in rows: [Int], _ scanner: inout CSVScanner, _ columns: CSVColumns, file: String
  ) throws(DatasetsError) -> DatasetsError {
    var faults = CSVFaults(file: file, columns: columns)
    let kept = Set(rows)
    while let field = try scanner.next() {
      if field.column == 1 { faults.rowCount += 1 }
      let row = faults.rowCount - 1
      guard field.column - 1 == group, kept.contains(row), groups[row] == nil else { continue }
      try faults.take(
        .emptyGroup(at: scanner.location(of: field), column: columns.names[field.column - 1]))
    }
    return faults.error ?? .noRows(file: file)
  }
}
