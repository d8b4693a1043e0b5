import Documents
import LinAlg

/// Reads a file whose columns need not be numbers.
///
/// A file that is all numbers is read as if there were no encodings. Otherwise a first pass surveys what the
/// columns hold, and a second one, which knows what is made of each, reads them.
struct EncodedReader {
  let bytes: [UInt8]
  let name: String
  let file: String
  let options: TableOptions
  let encoding: EncodingOptions
  let dialect: CSVDialect
  let chunkByteCount: Int?

  /// The data set.
  ///
  /// - Throws: The cases of `DatasetsError` from `emptyFile` to `encoding`.
  func dataset() throws(DatasetsError) -> Dataset {
    var scanner = CSVScanner(bytes: bytes, file: file, dialect: dialect)
    let header = try CSVHeader(&scanner, dialect: dialect, file: file)
    let columns = try CSVColumns(header, options: options, file: file)
    let rows = scanner.position..<scanner.end
    if let chunkByteCount, encoding.leavesNumbers, dialect.gapText == nil {
      let chunks = CSVChunks(
        columns: columns, dialect: dialect, allowsNonFinite: options.allowsNonFinite,
        chunkByteCount: chunkByteCount)
      if let body = chunks.body(of: bytes, in: rows) {
        // Names that nothing is said of are still looked for.
        _ = try SaidColumns(encoding, header, columns, file: file)
        return try body.dataset(name: name, file: file)
      }
    }
    let gaps = GapTexts(encoding)
    let targetGaps = GapTexts(encoding.missingTexts + (dialect.gapText.map { [$0] } ?? []))
    let plan: EncodingPlan
    if let given = encoding.encoding {
      plan = try EncodingPlan(given, columns, file: file)
    } else {
      let said = try SaidColumns(encoding, header, columns, file: file)
      let survey = survey(scanner, columns, said, gaps: gaps, targetGaps: targetGaps)
      let hasOpenLabels = survey.columns[columns.target].gaps > 0
      plan = try EncodingPlan(
        survey, columns, said, encoding, declared: dialect.head?.values ?? [], file: file)
      if plan.isPlain, !hasOpenLabels, !gaps.holdsNumbers {
        return try CSVReader.readRows(
          &scanner, columns, name: name, file: file, options: options)
      }
    }
    let body = try read(scanner, columns, plan, gaps: gaps, targetGaps: targetGaps)
    return try dataset(of: body, columns, plan)
  }

  // MARK: - Passes

  /// What the columns hold; those that turn out to have texts beside numbers are surveyed once more.
  private func survey(
    _ scanner: CSVScanner, _ columns: CSVColumns, _ said: SaidColumns, gaps: GapTexts,
    targetGaps: GapTexts
  ) -> ColumnSurvey {
    var limits: [Int: Int] = [:]
    for (index, choice) in said.encodings {
      switch choice {
      case .onehot, .ordinal: limits[index] = EncodingPlan.mostSaidCategories + 1
      case .hash: limits[index] = ColumnSurvey.Column.usualTextLimit
      case .date, .number, .ignore: break
      }
    }
    while true {
      let empty = ColumnSurvey(
        columns, dialect, gaps: gaps, targetGaps: targetGaps, limits: limits)
      var survey = empty
      let rows = PlainRows(
        columnCount: columns.count, dialect: dialect, chunkByteCount: chunkByteCount)
      if let parts = rows.read(bytes, scanner.position..<scanner.end, into: empty) {
        for part in parts { survey.add(part) }
      } else {
        var scanner = scanner
        survey.take(&scanner)
      }
      let mixed = survey.columns.indices.filter { index in
        let column = survey.columns[index]
        return !column.countsNumbers && column.numbers > 0 && column.hasTexts
          && said.encodings[index] == nil
      }
      if mixed.isEmpty { return survey }
      for index in mixed { limits[index] = ColumnSurvey.Column.usualTextLimit }
    }
  }

  private func read(
    _ scanner: CSVScanner, _ columns: CSVColumns, _ plan: EncodingPlan, gaps: GapTexts,
    targetGaps: GapTexts
  ) throws(DatasetsError) -> EncodedRows {
    var body = EncodedRows(plan.readings, dialect, gaps: gaps, targetGaps: targetGaps)
    let rows = PlainRows(
      columnCount: columns.count, dialect: dialect, chunkByteCount: chunkByteCount)
    if var parts = rows.read(bytes, scanner.position..<scanner.end, into: body) {
      body.reserve(
        features: parts.reduce(0) { $0 + $1.features.count },
        labels: parts.reduce(0) { $0 + $1.labels.count })
      let empty = EncodedRows([], dialect, gaps: gaps, targetGaps: targetGaps)
      for index in parts.indices {
        body.add(parts[index])
        // What is joined need not be kept twice.
        parts[index] = empty
      }
      return body
    }
    var scanner = scanner
    var faults = CSVFaults(file: file, columns: columns)
    do throws(DatasetsError) {
      while let field = try scanner.next() {
        if field.column == 1 {
          faults.rowCount += 1
          body.beginRow()
        }
        guard field.column <= columns.count, field.endsRow == (field.column == columns.count)
        else {
          try faults.take(try scanner.raggedRow(through: field, expected: columns.count))
          continue
        }
        let content = scanner.content(of: field)
        if let fault = body.take(content.span, column: field.column - 1) {
          let kind = plan.readings[field.column - 1].kind
          try faults.take(scanner.refusal(fault, of: field, columns, kind))
        }
        if field.endsRow { body.endRow() }
      }
    } catch {
      // Where one field ends is not known any more.
      faults.end(with: error)
    }
    if let error = faults.error { throw error }
    return body
  }

  // MARK: - Data sets

  private func dataset(
    of body: EncodedRows, _ columns: CSVColumns, _ plan: EncodingPlan
  ) throws(DatasetsError) -> Dataset {
    guard body.rowCount > 0 else { throw .noRows(file: file) }
    let target = columns.names[columns.target]
    let encoding = encoding.encoding ?? TableEncoding(sampled(plan, body, columns), target: target)
    let remark = EncodingRemark(
      columns: plan.remarks, rowCount: body.rowCount, droppedRowCount: body.dropped.count)
    guard encoding.featureCount > 0 else {
      let reasons = plan.remarks.prefix(6).compactMap(\.absence).joined(separator: ", ")
      throw .encoding(
        EncodingProblem(
          file: file, key: nil, column: plan.remarks.first?.name,
          problem: "no column is left that is worth reading: \(reasons)",
          accepted: "name one to be read all the same"))
    }
    guard !body.labels.isEmpty else {
      throw .encoding(
        EncodingProblem(
          file: file, key: .missing,
          problem: "no row is left of \(body.rowCount) without those that have a gap",
          accepted: "median and indicator keep rows"))
    }
    try StoredArray.requireMemory(
      rows: body.labels.count, columns: encoding.featureCount, limit: options.byteLimit, file: file)
    // Of rows that were left out a class may be all there was.
    let used = Set(body.labels).sorted()
    let places = Dictionary(uniqueKeysWithValues: zip(used, used.indices))
    var names = CSVLabels()
    names.append(
      body.labels.map { places[$0] ?? 0 }, of: used.map { body.names.texts[$0][...] })
    let (classNames, labels) = names.ordered()
    guard classNames.count > 1 else {
      throw .singleClass(file: file, label: classNames[0], column: target)
    }
    let dropped = Set(body.dropped)
    let isPlain = encoding.isPlain && self.encoding.encoding == nil
    return try Dataset(
      name: name,
      features: Matrix(
        rows: labels.count, columns: encoding.featureCount, elements: body.features),
      labels: labels, classNames: classNames, featureNames: encoding.featureNames,
      targetName: target, encoding: isPlain ? nil : encoding,
      sourceRows: dropped.isEmpty ? nil : (0..<body.rowCount).filter { !dropped.contains($0) },
      remark: remark)
  }

  /// The encodings of a plan with the texts that hashes were found for.
  private func sampled(
    _ plan: EncodingPlan, _ body: EncodedRows, _ columns: CSVColumns
  ) -> [ColumnEncoding] {
    let indices = columns.roles.indices.filter { columns.roles[$0] == .feature }
    return zip(plan.columns, indices).map { column, index in
      guard column.kind == .hash else { return column }
      return ColumnEncoding(
        name: column.name, kind: .hash,
        values: body.samples[index].map { String(decoding: $0, as: UTF8.self) },
        hasTimes: column.hasTimes, gap: column.gap)
    }
  }
}

extension EncodingRemark.Column {
  /// Why the column was left out, in words.
  fileprivate var absence: String? {
    guard case .leftOut(let absence) = outcome else { return nil }
    let reason =
      switch absence {
      case .texts(let count): "\(count) different texts"
      case .dates(let count): "\(count) different dates"
      case .oneText: "one text in all rows"
      case .noValue: "no value"
      case .asked: "been left out by name"
      }
    return "\(name.quotedExcerpt) has \(reason)"
  }
}
