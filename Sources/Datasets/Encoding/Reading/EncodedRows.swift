/// The rows of a file as numbers, and their labels, as far as they were read.
struct EncodedRows: FieldSink {
  private let readings: [ColumnReading]
  private let width: Int
  private let gaps: GapTexts
  private let targetGaps: GapTexts
  private let reading: NumberReading

  /// The features, row by row; a gap is NaN.
  private(set) var features: [Double] = []

  /// The different labels, in the order in which they come.
  private(set) var names = TextCodes()

  /// Which of the names each row has.
  private(set) var labels: [Int] = []

  /// The rows that were left out, from 0.
  private(set) var dropped: [Int] = []

  /// Number of rows, those that were left out among them.
  private(set) var rowCount = 0

  /// Of columns whose texts are hashed, the first text that chooses each place.
  private(set) var samples: [[[UInt8]]]

  private var rowStart = 0
  private var labelCount = 0
  private var drops = false

  /// No rows.
  init(_ readings: [ColumnReading], _ dialect: CSVDialect, gaps: GapTexts, targetGaps: GapTexts) {
    self.readings = readings
    width = readings.reduce(0) { $0 + $1.width }
    (self.gaps, self.targetGaps) = (gaps, targetGaps)
    reading = NumberReading(dialect)
    samples = readings.map { (reading) -> [[UInt8]] in
      guard case .hash(let count) = reading.kind else { return [] }
      return Array(repeating: [], count: count)
    }
  }

  mutating func beginRow() {
    rowCount += 1
    (rowStart, labelCount, drops) = (features.count, labels.count, false)
    for _ in 0..<width { features.append(0) }
  }

  mutating func endRow() {
    guard drops else { return }
    dropped.append(rowCount - 1)
    features.removeLast(features.count - rowStart)
    labels.removeLast(labels.count - labelCount)
  }

  mutating func take(_ field: Span<UInt8>, column: Int) -> FieldFault? {
    let start = rowStart + readings[column].start
    switch readings[column].kind {
    case .ignored: return nil
    case .target:
      if targetGaps.contains(field) { return missing(column, start) }
      labels.append(names.insert(field))
      return nil
    case .number:
      if gaps.holdsNumbers, gaps.contains(field) { return missing(column, start) }
      switch reading.number(field) {
      case .finite(let value) where abs(value) <= Scaler.largestMagnitude:
        features[start] = value
        return nil
      case .finite, .outOfRange: return .size
      case .empty: return missing(column, start)
      case .nonFinite: return gaps.contains(field) ? missing(column, start) : .nonFinite
      case .text: return gaps.contains(field) ? missing(column, start) : .text
      }
    case .date:
      if gaps.contains(field) { return missing(column, start) }
      guard let date = ISODate.read(field) else { return .text }
      features[start] = date.days
    case .boolean(let no, let yes):
      if gaps.contains(field) { return missing(column, start) }
      if Self.isEqual(field, yes) {
        features[start] = 1
      } else if !Self.isEqual(field, no) {
        return .text
      }
    case .onehot(let codes):
      if gaps.contains(field) { return missing(column, start) }
      if let code = codes.code(of: field) { features[start + code] = 1 }
    case .ordinal(let codes):
      if gaps.contains(field) { return missing(column, start) }
      guard let code = codes.code(of: field) else { return .text }
      features[start] = Double(code)
    case .hash(let count):
      if gaps.contains(field) { return missing(column, start) }
      let place = TextHash.bucket(field, of: count)
      features[start + place] = 1
      if samples[column][place].isEmpty {
        samples[column][place] = field.indices.map { field[$0] }
      }
    }
    return nil
  }

  /// Takes a field without a value.
  private mutating func missing(_ column: Int, _ start: Int) -> FieldFault? {
    switch readings[column].gap {
    case .refused: return .gap
    case .dropped: drops = true
    case .open: features[start] = .nan
    case .indicated: (features[start], features[start + 1]) = (.nan, 1)
    case .category: features[start + readings[column].width - 1] = 1
    case .unknown: break
    }
    return nil
  }

  /// Whether a field is a word, which is in lower case, but for case and blanks around it.
  private static func isEqual(_ field: Span<UInt8>, _ word: [UInt8]) -> Bool {
    let range = CSVChunk.trimmed(field, 0..<field.count)
    guard range.count == word.count else { return false }
    for index in word.indices {
      let byte = field[range.lowerBound + index]
      let isUpper = (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte)
      if (isUpper ? byte | 0x20 : byte) != word[index] { return false }
    }
    return true
  }

  /// Makes room for rows that follow.
  mutating func reserve(features count: Int, labels rows: Int) {
    features.reserveCapacity(count)
    labels.reserveCapacity(rows)
  }

  /// Adds the rows of a later part of the file.
  mutating func add(_ part: EncodedRows) {
    features += part.features
    let codes = part.names.texts.map { names.insert($0.span) }
    for label in part.labels { labels.append(codes[label]) }
    for row in part.dropped { dropped.append(rowCount + row) }
    rowCount += part.rowCount
    for column in samples.indices {
      for place in samples[column].indices where samples[column][place].isEmpty {
        samples[column][place] = part.samples[column][place]
      }
    }
  }
}
