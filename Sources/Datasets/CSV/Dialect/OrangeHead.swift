/// What the program Orange writes above its rows: names, types and roles of the columns.
///
///     sepal length   iris                        continuous types: c, continuous, n, numeric
///     c              setosa versicolor           discrete ones: d, discrete, categorical, or the values
///                    class                       roles: class, meta, ignore, weight, or a letter of them
///
/// Older files have one line, with role and type before each name: `C#sepal length`, `cD#iris`, `i#id`. Both are
/// certain or not recognized: every type and role must be a known one, and columns of numbers hold numbers.
///
/// Source: the documentation of Orange 3, "Loading your data".
struct OrangeHead {
  /// What is said of a column.
  struct Column {
    let name: String
    var kind: Kind?
    var role: Role?
    var values: [String]?
  }

  /// What a column holds.
  enum Kind { case number, category, text, time }

  /// What a column is for, where it is no feature.
  enum Role: String { case target = "class", meta, ignore, weight }

  let columns: [Column]
  let head: TableHead

  /// How many records it is.
  let recordCount: Int

  /// Looks at the first records of a file; nil where they are no head, or no row follows.
  init?(_ records: ArraySlice<DialectSample.Record>) {
    let first = Array(records.prefix(3))
    guard let names = first.first, names.fields.count > 1 else { return nil }
    if let columns = Self.prefixed(names), Self.agree(columns, records.dropFirst()) {
      (self.columns, recordCount) = (columns, 1)
      head = TableHead(.prefixes, names: columns.map(\.name))
      return
    }
    guard first.count == 3, let columns = Self.columns(names, first[1], first[2]),
      Self.agree(columns, records.dropFirst(3))
    else { return nil }
    (self.columns, recordCount) = (columns, 3)
    head = TableHead(.orange, names: columns.map(\.name), values: columns.map(\.values))
  }

  /// The column of the classes; nil unless there is one.
  var target: Int? {
    let targets = columns.indices.filter { columns[$0].role == .target }
    return targets.count == 1 ? targets[0] : nil
  }

  /// The columns that are no features, as texts without a role are none to Orange either.
  var leftOut: [Int] {
    columns.indices.filter { column in
      switch columns[column].role {
      case .target: false
      case .meta, .ignore, .weight: true
      case nil: columns[column].kind == .text
      }
    }
  }

  // MARK: - Three lines

  private static func columns(
    _ names: DialectSample.Record, _ types: DialectSample.Record, _ roles: DialectSample.Record
  ) -> [Column]? {
    let count = names.fields.count
    guard types.fields.count == count, roles.fields.count == count || roles.isBlank else {
      return nil
    }
    var columns: [Column] = []
    for index in 0..<count {
      let name = String(decoding: names.fields[index].text, as: UTF8.self)
      let type = String(decoding: types.fields[index].text, as: UTF8.self)
      let role = roles.isBlank ? "" : String(decoding: roles.fields[index].text, as: UTF8.self)
      var column = Column(name: name)
      switch type {
      case "c", "continuous", "n", "numeric": column.kind = .number
      case "d", "discrete", "categorical": column.kind = .category
      case "s", "string", "text": column.kind = .text
      case "t", "time": column.kind = .time
      default:
        let values = Self.values(type)
        guard values.count > 1 else { return nil }
        (column.kind, column.values) = (.category, values)
      }
      for word in role.split(separator: " ") where !word.contains("=") {
        guard let known = Self.role(String(word)) else { return nil }
        column.role = known
      }
      columns.append(column)
    }
    // Lists of values alone might be any texts.
    let areKnown = columns.contains { $0.values == nil }
    let tell = columns.contains { $0.kind == .number || $0.role != nil }
    return areKnown && tell && columns.allSatisfy { !$0.name.isEmpty } ? columns : nil
  }

  private static func role(_ word: String) -> Role? {
    switch word {
    case "c": .target
    case "m": .meta
    case "i": .ignore
    case "w": .weight
    default: Role(rawValue: word)
    }
  }

  /// The values in a list with blanks between them; a blank in a value has a backslash before it.
  private static func values(_ list: String) -> [String] {
    var values = [""]
    var isEscaped = false
    for scalar in list.unicodeScalars {
      if scalar == "\\", !isEscaped {
        isEscaped = true
        continue
      }
      if scalar == " ", !isEscaped {
        values.append("")
      } else {
        values[values.count - 1].unicodeScalars.append(scalar)
      }
      isEscaped = false
    }
    return values.filter { !$0.isEmpty }
  }

  // MARK: - One line

  private static func prefixed(_ names: DialectSample.Record) -> [Column]? {
    var columns: [Column] = []
    for field in names.fields {
      let text = String(decoding: field.text, as: UTF8.self)
      let parts = text.split(separator: "#", maxSplits: 1, omittingEmptySubsequences: false)
      guard parts.count == 2 else {
        columns.append(Column(name: text))
        continue
      }
      var column = Column(name: String(parts[1]))
      guard (1...2).contains(parts[0].unicodeScalars.count), !parts[1].isEmpty else { return nil }
      for letter in parts[0].unicodeScalars {
        switch letter {
        case "C" where column.kind == nil: column.kind = .number
        case "D" where column.kind == nil: column.kind = .category
        case "S" where column.kind == nil: column.kind = .text
        case "T" where column.kind == nil: column.kind = .time
        case "c", "m", "i", "w":
          guard column.role == nil else { return nil }
          column.role = role(String(letter))
        default: return nil
        }
      }
      columns.append(column)
    }
    let told = columns.count { $0.kind != nil || $0.role != nil }
    // One such name may be a name.
    return told > 1 && columns.allSatisfy { !$0.name.isEmpty } ? columns : nil
  }

  // MARK: - Rows

  /// Whether rows hold what is said of their columns.
  private static func agree(
    _ columns: [Column], _ rows: ArraySlice<DialectSample.Record>
  ) -> Bool {
    guard !rows.isEmpty else { return false }
    return columns.enumerated().allSatisfy { index, column in
      let texts = rows.compactMap { index < $0.fields.count ? $0.fields[index].text : nil }
      let kinds = texts.map { CellKind($0) }
      switch column.kind {
      case .number: return !kinds.contains(.text)
      case .category:
        guard let values = column.values?.map({ Array($0.utf8) }) else { return true }
        return zip(texts, kinds).allSatisfy { text, kind in
          kind == .gap || values.contains { text.elementsEqual($0) }
        }
      case .text, .time, nil: return true
      }
    }
  }
}
