/// What the columns of a file hold, by number and kind.
struct ColumnSurvey: FieldSink {
  /// What one column holds.
  struct Column: Sendable {
    /// Numbers that can be read.
    var numbers = 0

    /// Fields that stand for no value.
    var gaps = 0

    /// Numbers that are infinite, or too large.
    var sizes = 0

    /// Other texts.
    var texts = 0

    /// Those of them that are dates, and those with a time of day.
    var dates = 0
    var times = 0

    /// The hashes of the different texts, numbers among them where `countsNumbers`.
    var hashes: Set<UInt64> = []

    /// The first different texts, as many as may be needed.
    var firstTexts = TextCodes()

    /// The first different texts that stand for no value.
    var gapTexts = TextCodes()

    /// Whether numbers count as texts.
    var countsNumbers = false

    /// How many texts are kept.
    var textLimit = Column.usualTextLimit

    /// Enough for those that become categories unasked, and more to see that they do not.
    static let usualTextLimit = EncodingPlan.mostCategories + 1

    /// How many different texts are counted: 2²¹ take some 32 MB.
    static let hashLimit = 1 << 21

    /// How many different texts there are, numbers among them where those count.
    var distinctCount: Int { max(hashes.count, firstTexts.count) }

    mutating func addText(_ field: Span<UInt8>) {
      if firstTexts.count < textLimit {
        _ = firstTexts.insert(field)
        if firstTexts.count == textLimit {
          for text in firstTexts.texts { hashes.insert(TextHash.hash(text.span)) }
        }
      } else if hashes.count < Self.hashLimit {
        hashes.insert(TextHash.hash(field))
      }
    }

    mutating func addGap(_ field: Span<UInt8>) {
      gaps += 1
      if gapTexts.count < 3 { _ = gapTexts.insert(field) }
    }

    /// Adds what a later part of the file holds.
    mutating func add(_ other: Column) {
      numbers += other.numbers
      gaps += other.gaps
      sizes += other.sizes
      texts += other.texts
      dates += other.dates
      times += other.times
      for text in other.firstTexts.texts { addText(text.span) }
      for text in other.gapTexts.texts where gapTexts.count < 3 { _ = gapTexts.insert(text.span) }
      // The texts it kept have filled the room here, so that their hashes are there.
      hashes.formUnion(other.hashes)
    }
  }

  private let roles: [CSVColumns.Role]
  private let gapTexts: GapTexts
  private let targetGaps: GapTexts
  private let reading: NumberReading

  /// The columns of the file.
  private(set) var columns: [Column]

  /// Number of rows.
  private(set) var rowCount = 0

  /// A survey of nothing; numbers count as texts in the columns of which `limits` says how many texts are
  /// kept.
  init(
    _ columns: CSVColumns, _ dialect: CSVDialect, gaps: GapTexts, targetGaps: GapTexts,
    limits: [Int: Int]
  ) {
    roles = columns.roles
    (gapTexts, self.targetGaps) = (gaps, targetGaps)
    reading = NumberReading(dialect)
    self.columns = columns.roles.indices.map { index in
      var column = Column()
      if let limit = limits[index] { (column.countsNumbers, column.textLimit) = (true, limit) }
      return column
    }
  }

  mutating func take(_ field: Span<UInt8>, column: Int) -> FieldFault? {
    switch roles[column] {
    case .ignored: return nil
    case .target:
      if targetGaps.contains(field) { columns[column].addGap(field) }
      return nil
    case .feature: break
    }
    if gapTexts.holdsNumbers, gapTexts.contains(field) {
      columns[column].addGap(field)
      return nil
    }
    switch reading.number(field) {
    case .finite(let value) where abs(value) <= Scaler.largestMagnitude:
      columns[column].numbers += 1
      if columns[column].countsNumbers { columns[column].addText(field) }
    case .finite, .outOfRange: columns[column].sizes += 1
    case .empty: columns[column].addGap(field)
    case .nonFinite where gapTexts.contains(field): columns[column].addGap(field)
    case .nonFinite: columns[column].sizes += 1
    case .text where gapTexts.contains(field): columns[column].addGap(field)
    case .text:
      columns[column].texts += 1
      if let date = ISODate.read(field) {
        columns[column].dates += 1
        if date.hasTime { columns[column].times += 1 }
      }
      columns[column].addText(field)
    }
    return nil
  }

  mutating func beginRow() { rowCount += 1 }

  mutating func endRow() {}

  /// Adds what a later part of the file holds.
  mutating func add(_ part: ColumnSurvey) {
    rowCount += part.rowCount
    for index in columns.indices { columns[index].add(part.columns[index]) }
  }

  /// Takes the rows that a scanner gives, as far as they can be divided.
  ///
  /// What is wrong with rows is said by who reads them.
  mutating func take(_ scanner: inout CSVScanner) {
    while let field = try? scanner.next() {
      guard field.column <= roles.count, field.endsRow == (field.column == roles.count) else {
        _ = try? scanner.raggedRow(through: field, expected: roles.count)
        continue
      }
      if field.column == 1 { beginRow() }
      let content = scanner.content(of: field)
      _ = take(content.span, column: field.column - 1)
    }
  }
}
