import Documents

/// Finds whether the first record of a sample holds the names of the columns.
///
/// A column speaks for names where the first field is no number and all others are, and for data where
/// all are numbers. Names that are numbers are known by each being a whole number and different; with
/// a fraction or twice the same they are data; three or more that count, such as years, are names.
struct HeaderRecognition {
  private(set) var hasHeader = true

  /// Whether a column speaks for names.
  private(set) var isSure = false

  /// Looks at records of which the first has as many fields as the others.
  ///
  /// - Throws: `DatasetsError.dialect`.
  init(_ records: ArraySlice<DialectSample.Record>, file: String) throws(DatasetsError) {
    guard let first = records.first else { return }
    let rest = records.dropFirst()
    guard !rest.isEmpty else { return }
    var dataColumns: [Int] = []
    var (textCount, recurring) = (0, 0)
    for column in first.fields.indices {
      let values = rest.compactMap { record in
        column < record.fields.count ? record.fields[column].text : nil
      }
      let kinds = values.map { CellKind($0) }
      let numbers = kinds.count { $0 == .number }
      let gaps = kinds.count { $0 == .gap }
      // A few texts among the numbers of a column are faults of its rows.
      let isNumeric = numbers > 0 && 20 * numbers >= 19 * (kinds.count - gaps)
      switch (CellKind(first.fields[column].text), isNumeric) {
      case (.text, true):
        isSure = true
        return
      case (.gap, _):
        // The first column of tables that pandas and R write has no name.
        if column == 0, first.fields[0].text.isEmpty {
          isSure = true
          return
        }
      case (.number, true): dataColumns.append(column)
      case (.number, false): break
      case (.text, false):
        textCount += 1
        if values.contains(where: { $0.elementsEqual(first.fields[column].text) }) {
          recurring += 1
        }
      }
    }
    guard let column = dataColumns.first else {
      // Of texts alone, names are seldom among the values of their column.
      if textCount == first.fields.count, textCount > 1, recurring == textCount {
        throw Self.question(first, 0, file)
      }
      return
    }
    let texts = dataColumns.map { Array(first.fields[$0].text) }
    let isWhole = dataColumns.allSatisfy { NumberShape(first.fields[$0].text) == .whole }
    guard isWhole, Set(texts).count == texts.count, recurring == 0 else {
      hasHeader = false
      return
    }
    let counts = dataColumns.compactMap {
      Int(String(decoding: first.fields[$0].text, as: UTF8.self))
    }
    let isCount =
      counts.count > 2 && zip(counts, counts.dropFirst()).allSatisfy { $0 + 1 == $1 }
    guard !isCount else { return }
    throw Self.question(first, column, file)
  }

  private static func question(
    _ record: DialectSample.Record, _ column: Int, _ file: String
  ) -> DatasetsError {
    .dialect(
      DialectQuestion(
        subject: .header(
          example: String(decoding: record.fields[column].text, as: UTF8.self)),
        location: FileLocation(file: file, line: record.line)))
  }
}
