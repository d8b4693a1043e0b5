import Documents

/// Finds how a CSV file is written, by its first 64 kB.
///
/// 1. The encoding shows in a byte order mark, or in zeros in every other byte; else it is UTF-8.
/// 2. A first line `sep=;` is believed. Lines at the beginning that begin with `#` or `%` are comments,
///    lines of one field before those of several are skipped.
/// 3. Fields are parted by what parts all records into equally many. Where several do, by what makes
///    most fields numbers; where that is equal, it is a question.
/// 4. Marks in numbers are found by `MarkRecognition`, names by `HeaderRecognition`. More than names are
///    `CountsLine` and `OrangeHead`; names may also be in the last comment, above rows that are sure to be data.
///
/// What is asked for is not looked for. A file that commas part, however badly, is read as plain CSV, so
/// that its faults are told; so is one of a single column.
struct DialectRecognition {
  private(set) var dialect = CSVDialect.plain

  /// What was found and not asked for, in words; nothing where the file is plain.
  private(set) var findings: [String] = []

  /// The findings in one line; nil where there are none.
  var remark: String? {
    findings.isEmpty ? nil : "\(file): \(findings.joined(separator: "; "))"
  }

  /// The first line, where it has counts and class names.
  private(set) var countsLine: CountsLine?

  private let options: DialectOptions
  private let file: String
  private var sample: ArraySlice<UInt8> = []
  private var isCut = false

  /// Looks at the bytes of a file.
  ///
  /// - Parameter isTable: Whether names and marks are given by another part of the file.
  /// - Throws: `DatasetsError.dialect`, `.dialectClash`, `.content` for what is no text.
  init(
    _ bytes: [UInt8], file: String, _ options: DialectOptions, hasHeader: Bool?
  ) throws(DatasetsError) {
    (self.options, self.file) = (options, file)
    let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
    dialect.encoding = options.encoding ?? TextEncoding(of: bytes[...]) ?? .utf8
    if options.encoding == nil, dialect.encoding != .utf8 { findings.append("UTF-16") }
    isCut = bytes.count > 2 * DialectSample.byteLimit
    if dialect.encoding == .utf8 {
      isCut = bytes.count > DialectSample.byteLimit
      sample = bytes.prefix(DialectSample.byteLimit)
    } else {
      let start = Array(bytes.prefix(2 * DialectSample.byteLimit))
      let decoded = try? dialect.encoding.decoded(start)
      sample = decoded.map { $0[...] } ?? bytes.prefix(0)
    }
    if sample.starts(with: mark) { sample = sample.dropFirst(3) }
    if let zero = sample.firstIndex(of: 0) {
      throw .content(
        file, .byte(zero), "there is a zero, so the file is no text",
        accepted: "a table is a text of rows, or a file of a format that is read")
    }
    takeAsked()
    if options.isEmpty, hasHeader == nil, dialect.encoding == .utf8, let counts = CountsLine(bytes)
    {
      take(counts)
      return
    }
    readFirstLines()
    guard let candidate = try candidate() else {
      dialect.hasHeader = hasHeader ?? true
      if hasHeader == nil {
        let records = DialectSample(sample, isCut: isCut, dialect).records[...]
        try recognizeHeader(records)
      }
      return
    }
    let separator = candidate.dialect
    if options.separator == nil, findings.last?.hasPrefix("parted") != true,
      separator.mergesBlanks || separator.separator != UInt8(ascii: ",")
    {
      findings.append(
        "fields parted by "
          + (separator.mergesBlanks
            ? "blanks" : CSVDialect.name(ofSeparator: separator.separator)))
    }
    dialect = separator
    if candidate.preamble > 0 {
      dialect.skippedLineCount = (candidate.sample.records.first?.line ?? 1) - 1
      let count = dialect.skippedLineCount
      findings.append("\(count) \(count == 1 ? "line" : "lines") before the first row left out")
    }
    var records = candidate.sample.records[...]
    if hasHeader == nil, let head = OrangeHead(records) {
      take(head, before: &records)
    } else {
      try recognizeComment(candidate, mayName: hasHeader != true)
    }
    dialect.hasRowNames = candidate.hasRowNames && dialect.head == nil
    recognizeIndents(records)
    let rows = (dialect.head == nil ? records.dropFirst() : records)
      .filter { $0.fields.count == candidate.fieldCount }
    let marks = try MarkRecognition(rows[...], options, file: file).marks
    if let decimal = options.decimal, options.thousands?.byte == decimal {
      throw .dialectClash(
        file: file,
        reason: "one mark cannot stand before the fraction of a number and between thousands")
    }
    dialect.marks = marks
    if options.decimal == nil, marks.decimal == UInt8(ascii: ",") {
      findings.append("decimal commas")
    }
    if options.thousands == nil, let mark = marks.thousands {
      findings.append("\(Self.name(of: mark)) between thousands")
    }
    dialect.hasHeader = (hasHeader ?? true) && dialect.head == nil
    if hasHeader == nil, dialect.head == nil, !candidate.hasRowNames {
      try recognizeHeader(records)
    }
    if dialect.hasRowNames {
      dialect.leftOutColumns = [0]
      findings.append("the row names left out")
    } else if dialect.hasHeader, let first = records.popFirst() {
      recognizeUnnamed(first, rows)
      tellRepeated(first)
    }
  }

  /// Takes what is asked for.
  private mutating func takeAsked() {
    switch options.separator {
    case .byte(let byte): dialect.separator = byte
    case .blanks: dialect.mergesBlanks = true
    case nil: break
    }
    if let quote = options.quote { dialect.quote = quote.byte }
    dialect.comment = options.comment ?? []
    dialect.skippedLineCount = options.skippedLineCount ?? 0
    dialect.marks = NumberMarks(
      decimal: options.decimal ?? UInt8(ascii: "."), thousands: options.thousands?.byte)
  }

  /// Looks for `sep=;` and for comments.
  private mutating func readFirstLines() {
    let line = sample.prefix { $0 != UInt8(ascii: "\n") && $0 != UInt8(ascii: "\r") }
    let words = line.filter { $0 != UInt8(ascii: "\"") }
    if options.skippedLineCount == nil, words.count == 5,
      words.prefix(4).map({ $0 | 0x20 }) == Array("sep=".utf8) || words.starts(with: "sep=".utf8),
      let byte = words.last, byte < 0x80
    {
      dialect.skippedLineCount = 1
      if options.separator == nil {
        dialect.separator = byte
        hasSeparatorLine = true
      }
    }
    guard options.comment == nil else { return }
    for mark in ["#", "%"] where line.starts(with: mark.utf8) {
      dialect.comment = Array(mark.utf8)
      findings.append("lines that begin with \(mark) left out")
    }
  }

  private var hasSeparatorLine = false

  // MARK: - Separators

  /// The way to part fields, or nil for one column, or for a file to which none fits.
  private func candidate() throws(DatasetsError) -> SeparatorCandidate? {
    let findsPreamble = options.skippedLineCount == nil
    func candidate(_ dialect: CSVDialect) -> SeparatorCandidate? {
      SeparatorCandidate(sample, isCut: isCut, dialect, findsPreamble: findsPreamble)
    }
    func withQuotes(_ dialect: CSVDialect) -> SeparatorCandidate? {
      let usual = candidate(dialect)
      guard options.quote == nil, !sample.contains(UInt8(ascii: "\"")),
        sample.contains(UInt8(ascii: "'"))
      else { return usual }
      var other = dialect
      other.quote = UInt8(ascii: "'")
      guard let quoted = candidate(other), quoted.isPerfect, Self.isQuoted(quoted) else {
        return usual
      }
      return quoted
    }
    guard options.separator == nil, !hasSeparatorLine else { return withQuotes(dialect) }
    let bytes = [",", ";", "\t", "|"].map { UInt8(ascii: $0) }
    let all = bytes.compactMap { byte in
      var dialect = dialect
      dialect.separator = byte
      return withQuotes(dialect)
    }
    var blanks = dialect
    blanks.mergesBlanks = true
    var perfect = all.filter { $0.isPerfect && $0.hasWholeHeader }
    // What parts all lines comes before what parts all but the first.
    let whole = perfect.filter { $0.preamble == 0 && !$0.hasRowNames }
    if !whole.isEmpty { perfect = whole }
    let most = perfect.map(\.numberShare).max() ?? 0
    // Blanks are in many texts; they must make more of the fields numbers.
    if let candidate = withQuotes(blanks), candidate.isPerfect, candidate.hasWholeHeader,
      candidate.numberShare > most + 0.2 || perfect.isEmpty && !isPlain(all)
    {
      return candidate
    }
    let best = perfect.filter { $0.numberShare == most }
    if best.count > 1 {
      let line = best[0].sample.records.first?.line ?? 1
      throw .dialect(
        DialectQuestion(
          subject: .separator(best.map(\.dialect.separator)),
          location: FileLocation(file: file, line: line)))
    }
    if let only = best.first { return only }
    let uneven = all.filter(\.agreesButFirst)
    if uneven.count == 1, let first = uneven[0].sample.records.first {
      throw .dialect(
        DialectQuestion(
          subject: .unevenHeader(found: first.fields.count, expected: uneven[0].fieldCount),
          location: FileLocation(file: file, line: first.line)))
    }
    // Faults of a few rows do not hide what parts the others.
    let good = all.filter { $0.hasWholeHeader && $0.agreement >= 0.75 }
    return good.max { ($0.agreement, $0.numberShare) < ($1.agreement, $1.numberShare) }
  }

  /// Whether commas part the first record.
  private func isPlain(_ candidates: [SeparatorCandidate]) -> Bool {
    candidates.contains { $0.dialect.separator == UInt8(ascii: ",") && $0.agreement >= 0.5 }
  }

  /// Whether the names, or the fields of some column, are all between quotation marks.
  private static func isQuoted(_ candidate: SeparatorCandidate) -> Bool {
    let rows = candidate.sample.records.dropFirst()
    let first = candidate.sample.records.first?.fields ?? []
    if first.count == candidate.fieldCount, first.allSatisfy(\.isQuoted) { return true }
    return (0..<candidate.fieldCount).contains { column in
      rows.allSatisfy { $0.fields.count > column && $0.fields[column].isQuoted }
    } && rows.count > 1
  }

  // MARK: - What else shows

  private mutating func take(_ counts: CountsLine) {
    countsLine = counts
    (dialect.hasCounts, dialect.target) = (true, counts.featureCount)
    let names = counts.classNames.prefix(4).map(\.quotedExcerpt).joined(separator: ", ")
    findings.append(
      "the first line has counts and class names, as scikit-learn writes it; the last column is called "
        + "class, and its numbers from 0 up stand for \(names)"
        + (counts.classNames.count > 4 ? " and so on" : ""))
  }

  private mutating func take(
    _ head: OrangeHead, before records: inout ArraySlice<DialectSample.Record>
  ) {
    records = records.dropFirst(head.recordCount)
    dialect.head = head.head
    dialect.skippedLineCount = (records.first?.line ?? 1) - 1
    (dialect.target, dialect.leftOutColumns) = (head.target, Set(head.leftOut))
    dialect.gapText = "?"
    let columns = head.columns
    var said = [
      head.recordCount == 1
        ? "types and roles before the names, as Orange writes them"
        : "names, types and roles in three lines, as Orange writes them"
    ]
    if let target = head.target {
      said.append("\(columns[target].name.quotedExcerpt) has the classes")
    }
    let leftOut = head.leftOut.map { column in
      "\(columns[column].name.quotedExcerpt) (\(columns[column].role?.rawValue ?? "text"))"
    }
    if !leftOut.isEmpty {
      said.append(
        "left out: \(leftOut.prefix(4).joined(separator: ", "))"
          + (leftOut.count > 4 ? " and \(leftOut.count - 4) more" : ""))
    }
    findings.append(said.joined(separator: "; "))
  }

  /// Takes names from the last comment, or asks about it, where it has as many fields as the rows.
  private mutating func recognizeComment(
    _ candidate: SeparatorCandidate, mayName: Bool
  ) throws(DatasetsError) {
    guard options.comment == nil, let mark = dialect.comment.first,
      let first = candidate.sample.records.first, first.line > 1
    else { return }
    // Names above numbers are names, whatever stands above them.
    if let header = try? HeaderRecognition(candidate.sample.records[...], file: file), header.isSure
    {
      return
    }
    var bare = dialect
    bare.comment = []
    bare.skippedLineCount = first.line - 2
    guard
      let line = DialectSample(sample, isCut: isCut, bare).records.first(where: {
        $0.line == first.line - 1
      }), line.written.first == mark
    else { return }
    // A blank after the mark is a field of its own where blanks part them.
    let count = line.fields.count
    guard count == candidate.fieldCount || dialect.mergesBlanks && count == candidate.fieldCount + 1
    else { return }
    if mayName,
      let names = names(in: line.written.dropFirst(dialect.comment.count), above: candidate)
    {
      dialect.head = TableHead(.comment, names: names)
      findings.append("the last of them has the names of the columns")
      return
    }
    throw .dialect(
      DialectQuestion(
        subject: .comment(
          mark: dialect.comment, example: String(decoding: line.written, as: UTF8.self)),
        location: FileLocation(file: file, line: line.line)))
  }

  /// The names of the columns in a comment; nil where it may be a sentence, or the first row has names too.
  private func names(
    in comment: ArraySlice<UInt8>, above candidate: SeparatorCandidate
  ) -> [String]? {
    var bare = dialect
    (bare.comment, bare.skippedLineCount) = ([], 0)
    let text = comment.drop { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\t") }
    guard let line = DialectSample(text, isCut: false, bare).records.first,
      line.fields.count == candidate.fieldCount,
      line.fields.allSatisfy({ CellKind($0.text) == .text })
    else { return nil }
    let names = line.fields.map { String(decoding: $0.text, as: UTF8.self) }
    // A sentence with one comma has two fields, too.
    guard Set(names).count == names.count,
      names.count > 2 || names.allSatisfy({ !$0.contains(" ") })
    else { return nil }
    let records = candidate.sample.records
    // Above what may be names itself, it is no surer.
    if let own = try? HeaderRecognition(records[...], file: file), own.hasHeader { return nil }
    guard let named = try? HeaderRecognition(([line] + records)[...], file: file), named.isSure
    else {
      return nil
    }
    return names
  }

  /// Whether a blank comes before every field but the first of each row.
  private mutating func recognizeIndents(_ records: ArraySlice<DialectSample.Record>) {
    guard !dialect.mergesBlanks, dialect.separator != UInt8(ascii: " ") else { return }
    let rows = records.count > 1 ? records.dropFirst() : records
    let isIndented = rows.allSatisfy { record in
      record.fields.count > 1 && record.fields.dropFirst().allSatisfy(\.isIndented)
    }
    guard isIndented else { return }
    dialect.trimsBlanks = true
    findings.append("blanks around fields left out")
  }

  private mutating func recognizeHeader(
    _ records: ArraySlice<DialectSample.Record>
  ) throws(DatasetsError) {
    dialect.hasHeader = try HeaderRecognition(records, file: file).hasHeader
    if !dialect.hasHeader {
      findings.append("the first line is data, so columns are called column_0, column_1, …")
    }
  }

  /// Leaves out a first column that numbers rows, in part, too, or names them, and a last one without any value.
  private mutating func recognizeUnnamed(
    _ header: DialectSample.Record, _ rows: [DialectSample.Record]
  ) {
    let count = header.fields.count
    guard count > 2, rows.count > 1, rows[0].fields.count == count else { return }
    func isUnnamed(_ column: Int) -> Bool { header.fields[column].text.isEmpty }
    if isUnnamed(0) {
      let values = rows.map { Array($0.fields[0].text) }
      let numbers = values.compactMap { Int(String(decoding: $0, as: UTF8.self)) }
      let steps = zip(numbers, numbers.dropFirst())
      let isNumber = numbers.count == values.count && steps.allSatisfy { $0 < $1 }
      let isName = numbers.isEmpty && Set(values).count == values.count
      if isNumber || isName {
        let what = isName ? "names" : steps.allSatisfy { $0 + 1 == $1 } ? "counts" : "numbers"
        dialect.leftOutColumns.insert(0)
        findings.append("column 0 has no name and \(what) rows, left out")
      }
    }
    let last = count - 1
    if isUnnamed(last), rows.allSatisfy({ $0.fields[last].text.isEmpty }) {
      dialect.leftOutColumns.insert(last)
      findings.append("column \(last) has neither name nor values, left out")
    }
  }

  private mutating func tellRepeated(_ header: DialectSample.Record) {
    let names = header.fields.map { String(decoding: $0.text, as: UTF8.self) }
    let repeated = CSVHeader(names: names, file: file).repeated
    guard let name = repeated.first else { return }
    findings.append(
      "several columns are called \(name.quotedExcerpt), the second is read as "
        + "\("\(name).1".quotedExcerpt)" + (repeated.count > 1 ? ", others likewise" : ""))
  }

  private static func name(of thousands: UInt8) -> String {
    switch thousands {
    case UInt8(ascii: ","): "commas"
    case UInt8(ascii: "."): "points"
    case UInt8(ascii: "'"): "apostrophes"
    case UInt8(ascii: " "): "blanks"
    default: String(decoding: [thousands], as: UTF8.self)
    }
  }
}
