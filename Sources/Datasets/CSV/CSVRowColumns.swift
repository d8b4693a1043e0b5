import Documents

/// The columns of a CSV file that say something of its rows and are no features: their groups and weights.
struct CSVRowColumns: FieldSink {
  private let columns: CSVColumns
  private let gaps: GapTexts
  private let reading: NumberReading

  /// The different groups, in the order in which they come.
  private var names = TextCodes()

  /// The group of each row, by its place among the names; nil where it has none.
  private var groups: [Int?] = []

  /// The weight of each row; nil where it has none, or one that cannot be.
  private var weights: [Double?] = []

  private init(_ columns: CSVColumns, gaps: GapTexts, _ dialect: CSVDialect) {
    (self.columns, self.gaps, reading) = (columns, gaps, NumberReading(dialect))
  }

  mutating func beginRow() {}

  mutating func endRow() {}

  mutating func take(_ field: Span<UInt8>, column: Int) -> FieldFault? {
    if column == columns.group {
      let name = CSVChunk.trimmed(field, 0..<field.count)
      groups.append(gaps.contains(field) ? nil : names.insert(field.extracting(name)))
    }
    if column == columns.weights { weights.append(weight(field)) }
    return nil
  }

  private func weight(_ field: Span<UInt8>) -> Double? {
    guard !gaps.contains(field), case .finite(let value) = reading.number(field), value >= 0,
      value <= Scaler.largestMagnitude
    else { return nil }
    return value
  }

  /// Adds the rows of a later part of the file.
  private mutating func add(_ part: CSVRowColumns) {
    let codes = part.names.texts.map { names.insert($0.span) }
    for group in part.groups { groups.append(group.map { codes[$0] }) }
    weights += part.weights
  }

  /// A data set that was read of a file, with the groups and weights that columns of the file give its rows.
  ///
  /// What surrounds the name of a group, blanks or tabs, is no part of it. Rows that were left out need neither.
  /// - Throws: `DatasetsError.emptyGroup` or `.invalidWeight` for a row, `.faults` for several, `.noWeight`.
  static func adding(
    to dataset: Dataset, bytes: [UInt8], file: String, options: TableOptions, dialect: CSVDialect,
    chunkByteCount: Int?
  ) throws(DatasetsError) -> Dataset {
    guard options.group != nil || options.weights != nil else { return dataset }
    var scanner = CSVScanner(bytes: bytes, file: file, dialect: dialect)
    let header = try CSVHeader(&scanner, dialect: dialect, file: file)
    let columns = try CSVColumns(header, options: options, file: file)
    let gaps =
      options.encoding.map { GapTexts($0) } ?? GapTexts(dialect.gapText.map { [$0] } ?? [])
    var all = CSVRowColumns(columns, gaps: gaps, dialect)
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
    if let fault = try all.fault(in: rows, &scanner, file: file) { throw fault }
    return dataset.grouped(by: all.groups(of: rows)).weighted(
      by: try all.weights(of: rows, file: file))
  }

  private func groups(of rows: [Int]) -> RowGroups? {
    columns.group.map { group in
      RowGroups(
        column: columns.names[group], places: rows.compactMap { groups[$0] },
        names: names.texts.map { String(decoding: $0, as: UTF8.self) })
    }
  }

  private func weights(
    of rows: [Int], file: String
  ) throws(DatasetsError) -> SampleWeights? {
    guard let column = columns.weights else { return nil }
    let values = rows.compactMap { weights[$0] }
    guard values.contains(where: { $0 > 0 }) else {
      throw .noWeight(file: file, column: columns.names[column])
    }
    return SampleWeights(column: columns.names[column], values: values)
  }

  /// What is wrong with the groups and weights of rows, and where; nil where nothing is.
  private func fault(
    in rows: [Int], _ scanner: inout CSVScanner, file: String
  ) throws(DatasetsError) -> DatasetsError? {
    let lacksGroup = { (row: Int) in columns.group != nil && groups[row] == nil }
    let lacksWeight = { (row: Int) in columns.weights != nil && weights[row] == nil }
    guard rows.contains(where: { lacksGroup($0) || lacksWeight($0) }) else { return nil }
    var faults = CSVFaults(file: file, columns: columns)
    let kept = Set(rows)
    while let field = try scanner.next() {
      if field.column == 1 { faults.rowCount += 1 }
      let row = faults.rowCount - 1
      guard kept.contains(row) else { continue }
      let (place, name) = (scanner.location(of: field), columns.names[field.column - 1])
      if field.column - 1 == columns.group, lacksGroup(row) {
        try faults.take(.emptyGroup(at: place, column: name))
      } else if field.column - 1 == columns.weights, lacksWeight(row) {
        try faults.take(.invalidWeight(at: place, text: scanner.text(of: field), column: name))
      }
    }
    return faults.error
  }
}
