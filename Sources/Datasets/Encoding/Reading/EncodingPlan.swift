import Documents

/// What is made of each column of a file: as somebody says, or as its fields show.
///
/// * Numbers alone, gaps among them, are numbers. Fewer than 5 % of other texts among them are faults.
/// * Two words of true and false, yes and no, t and f, y and n, in any case, are a boolean; with gaps they
///   are categories.
/// * Other texts are categories with a column each where there are at most 32 different ones, and fewer than
///   half as many as rows; more of them, but fewer than half as many as rows, are hashed to 32 columns.
/// * Texts that are nearly all different are left out, and so is a column with one text, or none.
struct EncodingPlan {
  /// The most texts that become columns of their own unasked.
  static let mostCategories = 32

  /// The most that do when somebody asks for it.
  static let mostSaidCategories = 10_000

  /// How many columns texts are hashed to unasked.
  static let bucketCount = 32

  /// The share of texts from which on a column with numbers is one of texts.
  static let textShare = 0.05

  /// The encodings of the columns that are no target and not left out by name.
  private(set) var columns: [ColumnEncoding] = []

  /// How each column of the file is read.
  private(set) var readings: [ColumnReading] = []

  /// What is to be said of it.
  private(set) var remarks: [EncodingRemark.Column] = []

  private let rowCount: Int
  private let said: SaidColumns
  private let standard: GapPolicy?

  /// Decides on every column of a file that was surveyed.
  ///
  /// - Throws: `DatasetsError.encoding` for what cannot be done.
  init(
    _ survey: ColumnSurvey, _ columns: CSVColumns, _ said: SaidColumns, _ options: EncodingOptions,
    declared: [[String]?], file: String
  ) throws(DatasetsError) {
    (rowCount, self.said, standard) = (survey.rowCount, said, options.gaps)
    var start = 0
    for (index, role) in columns.roles.enumerated() {
      switch role {
      case .ignored: readings.append(ColumnReading(.ignored))
      case .target:
        let drops = said.policies[index] == .drop
        readings.append(ColumnReading(.target, gap: drops ? .dropped : .refused))
      case .feature:
        let declared = declared.indices.contains(index) ? declared[index] : nil
        let (encoding, outcome) = try decide(
          index, columns.names[index], survey.columns[index], declared: declared, file: file)
        let policy = survey.columns[index].gaps > 0 ? policy(index) : nil
        self.columns.append(encoding)
        readings.append(ColumnReading(encoding, start: start, policy: policy))
        start += encoding.width
        remark(index, encoding.name, outcome, survey.columns[index])
      }
    }
  }

  /// The columns of a file that are to be read as those of another one were.
  ///
  /// - Throws: `DatasetsError.encoding` unless there are the same columns.
  init(_ encoding: TableEncoding, _ columns: CSVColumns, file: String) throws(DatasetsError) {
    (rowCount, standard) = (0, nil)
    said = SaidColumns()
    self.columns = encoding.columns
    var places: [[UInt8]: Int] = [:]
    for (place, column) in encoding.columns.enumerated() {
      places[Array(column.name.utf8)] = place
    }
    var foreign: [String] = []
    for (index, role) in columns.roles.enumerated() {
      switch role {
      case .ignored: readings.append(ColumnReading(.ignored))
      case .target: readings.append(ColumnReading(.target))
      case .feature:
        guard let place = places.removeValue(forKey: Array(columns.names[index].utf8)) else {
          foreign.append(columns.names[index])
          readings.append(ColumnReading(.ignored))
          continue
        }
        readings.append(
          ColumnReading(
            encoding.columns[place], start: encoding.features(of: place).lowerBound, policy: nil))
      }
    }
    let absent = encoding.columns.filter {
      $0.kind != .ignored && places[Array($0.name.utf8)] != nil
    }.map(\.name)
    guard foreign.isEmpty, absent.isEmpty else {
      let list = { (names: [String]) in
        names.prefix(12).map(\.quotedExcerpt).joined(separator: ", ")
      }
      let parts = [
        absent.isEmpty ? nil : "lacks \(list(absent))",
        foreign.isEmpty ? nil : "also has \(list(foreign))",
      ].compactMap(\.self)
      throw .encoding(
        EncodingProblem(
          file: file, key: nil,
          problem:
            "the file has other columns than the data: it \(parts.joined(separator: " and "))",
          accepted: "the columns of the data are accepted, in any order"))
    }
  }

  /// Whether the numbers of the file are the features, as they are without any encoding.
  var isPlain: Bool { readings.allSatisfy(\.isPlain) && columns.allSatisfy { $0.kind == .number } }

  // MARK: - Columns

  private func policy(_ index: Int) -> GapPolicy { said.policies[index] ?? standard ?? .median }

  private func decide(
    _ index: Int, _ name: String, _ column: ColumnSurvey.Column, declared: [String]?, file: String
  ) throws(DatasetsError) -> (ColumnEncoding, EncodingRemark.Outcome) {
    switch said.encodings[index] {
    case .ignore:
      return (ColumnEncoding(name: name, kind: .ignored), .leftOut(.asked))
    case .number: return (encoding(index, name, column, .number), .number)
    case .date: return (encoding(index, name, column, .date), .dates)
    case .hash(let count): return hashed(index, name, column, count)
    case .onehot:
      let values = try texts(name, column, declared, file: file)
      return (encoding(index, name, column, .onehot, values), .categories(values.count))
    case .ordinal:
      let values = try texts(name, column, declared, file: file)
      return (encoding(index, name, column, .ordinal, values), .ordinal(values.count))
    case nil: return guess(index, name, column, declared)
    }
  }

  private func guess(
    _ index: Int, _ name: String, _ column: ColumnSurvey.Column, _ declared: [String]?
  ) -> (ColumnEncoding, EncodingRemark.Outcome) {
    let none = ColumnEncoding(name: name, kind: .ignored)
    guard column.hasTexts else {
      let isEmpty = column.numbers + column.sizes + column.texts == 0
      return isEmpty && policy(index) != .error
        ? (none, .leftOut(.noValue)) : (encoding(index, name, column, .number), .number)
    }
    if column.numbers == 0, column.gaps == 0, let words = Self.words(column.firstTexts) {
      return (encoding(index, name, column, .boolean, words), .boolean)
    }
    let texts = column.distinctCount
    if texts == 1, column.gaps == 0 {
      return (none, .leftOut(.oneText(column.firstTexts.ordered()[0])))
    }
    let isRepeated = 2 * texts < rowCount
    if let declared, declared.count <= Self.mostCategories {
      let values = Self.values(column, declared)
      return (encoding(index, name, column, .onehot, values), .categories(values.count))
    }
    if isRepeated || declared != nil {
      guard texts <= Self.mostCategories else {
        return hashed(index, name, column, Self.bucketCount)
      }
      let values = column.firstTexts.ordered()
      return (encoding(index, name, column, .onehot, values), .categories(values.count))
    }
    let areDates = column.dates == column.texts && column.numbers == 0
    return (none, .leftOut(areDates ? .dates(texts) : .texts(texts)))
  }

  private func hashed(
    _ index: Int, _ name: String, _ column: ColumnSurvey.Column, _ count: Int
  ) -> (ColumnEncoding, EncodingRemark.Outcome) {
    let values = [String](repeating: "", count: count)
    return (
      encoding(index, name, column, .hash, values),
      .hash(texts: column.distinctCount, columns: count)
    )
  }

  private func encoding(
    _ index: Int, _ name: String, _ column: ColumnSurvey.Column, _ kind: ColumnEncoding.Kind,
    _ values: [String] = []
  ) -> ColumnEncoding {
    var gap: ColumnEncoding.Gap?
    let policy = policy(index)
    if column.gaps > 0, policy == .median || policy == .indicator {
      let text = column.gapTexts.texts.first ?? []
      let isGroup = kind == .onehot || kind == .hash
      gap = ColumnEncoding.Gap(
        text: String(decoding: text, as: UTF8.self), isIndicated: policy == .indicator && !isGroup)
    }
    return ColumnEncoding(
      name: name, kind: kind, values: values, hasTimes: column.times > 0, gap: gap)
  }

  /// All texts of a column of which somebody wants to have each.
  private func texts(
    _ name: String, _ column: ColumnSurvey.Column, _ declared: [String]?, file: String
  ) throws(DatasetsError) -> [String] {
    guard column.distinctCount <= Self.mostSaidCategories else {
      throw .encoding(
        EncodingProblem(
          file: file, key: .encode,
          problem: "\(name.quotedExcerpt) has \(column.distinctCount) different texts",
          accepted: "up to \(Self.mostSaidCategories) are accepted one by one, and any number by "
            + "hash:\(Self.bucketCount)"))
    }
    return Self.values(column, declared ?? [])
  }

  /// The texts of a column: those that are declared in their order, and then any others.
  private static func values(_ column: ColumnSurvey.Column, _ declared: [String]) -> [String] {
    let known = Set(declared.map { Array($0.utf8) })
    return declared + column.firstTexts.ordered().filter { !known.contains(Array($0.utf8)) }
  }

  private static let booleans = [("false", "true"), ("no", "yes"), ("f", "t"), ("n", "y")]

  /// The words for no and yes as they are first written, where there are no others.
  private static func words(_ codes: TextCodes) -> [String]? {
    guard codes.count <= 6 else { return nil }
    let texts = codes.texts.map { String(decoding: $0, as: UTF8.self) }
    let words = texts.map { $0.trimmingBlanks.lowercased() }
    guard let pair = booleans.first(where: { words.contains($0.0) && words.contains($0.1) }),
      words.allSatisfy({ $0 == pair.0 || $0 == pair.1 }),
      let no = words.firstIndex(of: pair.0), let yes = words.firstIndex(of: pair.1)
    else { return nil }
    return [texts[no].trimmingBlanks, texts[yes].trimmingBlanks]
  }

  private mutating func remark(
    _ index: Int, _ name: String, _ outcome: EncodingRemark.Outcome, _ column: ColumnSurvey.Column
  ) {
    let isLeftOut = if case .leftOut = outcome { true } else { false }
    guard outcome != .number || column.gaps > 0 || said.encodings[index] != nil else { return }
    remarks.append(
      EncodingRemark.Column(
        name: name, outcome: outcome, gapCount: isLeftOut ? 0 : column.gaps,
        gapTexts: column.gapTexts.texts.map {
          String(decoding: $0, as: UTF8.self).trimmingBlanks
        }.filter { !$0.isEmpty },
        policy: policy(index), isSaid: said.encodings[index] != nil,
        isPolicySaid: said.policies[index] != nil || standard != nil))
  }
}

extension ColumnSurvey.Column {
  /// Whether a column with some texts is one of texts: those among numbers are then no faults.
  var hasTexts: Bool {
    texts > 0 && Double(texts) >= EncodingPlan.textShare * Double(texts + numbers)
  }
}
