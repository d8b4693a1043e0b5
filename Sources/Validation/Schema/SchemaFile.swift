import Datasets
package import Documents

/// A schema read from a YAML file.
///
///     separator: ";"                 # also decimal, thousands, quote, comment, skip, encoding, header
///     missing_values: ["?", NA]      # besides nothing
///     encode: {zip: "hash:32"}       # how columns become numbers for models; also missing
///     other_columns: false           # whether there may be more columns
///     copies: 0.02                   # share of rows that may be copies of one before
///     columns:
///       age:
///         type: integer              # integer, number, text or date
///         minimum: 0
///         maximum: 120
///         missing: 0.1               # share of rows that may have no value
///         unique: false
///         tolerate: 0.2              # as that of drift, for the column alone
///       seen:
///         type: date                 # 2026-03-01, or 2026-03-01T12:30
///         minimum: 2026-01-01
///       tag:
///         type: text
///         pattern: '[A-Z]{2}[0-9]+'  # a regular expression for the whole of it
///         length: [3, 8]             # least and most characters
///       species:
///         type: text
///         values: [setosa, versicolor]
///     target: species
///     classes:
///       setosa: [0.2, 0.6]           # least and largest share of the rows
///     rules:
///       - if species == 'setosa' then age < 18
///     drift:                         # of a comparison with a reference
///       tolerate: 0.1                # the change that is none, in deviations
///       alpha: 0.01                  # the probability of any false alarm
///
/// All but `columns` may be left out.
package struct SchemaFile {
  /// What the file says.
  package let schema: Schema

  private typealias Node = DocumentNode

  private static let kind = DocumentKind(
    "schema", whereEmpty: "`runner validate FILE --infer SCHEMA` writes one to edit")

  private enum Key: String, CaseIterable {
    case missingValues = "missing_values"
    case otherColumns = "other_columns"
    case copies, columns, target, classes, rules, drift
    case header, separator, decimal, thousands, quote, comment, skip, encoding
    case encode, missing
  }

  private enum ColumnKey: String, CaseIterable {
    case type, minimum, maximum, length, pattern, values, missing, unique, tolerate
  }

  private enum DriftKey: String, CaseIterable {
    case tolerate, alpha
  }

  /// Reads a file; at most 1 MB is read.
  ///
  /// - Throws: `DocumentError` with the file, line and column of what is wrong.
  package init(contentsOf path: String) throws(DocumentError) {
    try self.init(DocumentText(contentsOf: path, Self.kind))
  }

  /// Reads a text as if it were that of `file`.
  package init(_ text: String, file: String) throws(DocumentError) {
    try self.init(DocumentText(text, file: file, Self.kind))
  }

  private init(_ text: DocumentText) throws(DocumentError) {
    let values = try DocumentMapping<Key>(Self.pairs(of: "a schema", text.root))
    guard let columns = values[.columns] else {
      throw text.root.error(
        "the schema lacks columns; accepted: a mapping of the names of columns to what they hold")
    }
    let pairs = try Self.pairs(of: "columns", columns)
    guard !pairs.isEmpty else {
      throw columns.refusal(of: "columns", accepted: Self.mapping)
    }
    var list: [ColumnSchema] = []
    for (name, value) in pairs {
      list.append(try Self.column(try Self.name(name), value))
    }
    var schema = Schema(columns: list)
    schema.allowsOtherColumns =
      try values.value(.otherColumns, accepted: "true or false") { $0.truth } ?? false
    schema.copies = try values.value(.copies, accepted: Self.share) { $0.share } ?? 1
    schema.missingTexts =
      try values.items(.missingValues, accepted: "a list of texts, such as [\"?\", NA]") { $0.text }
      ?? Schema.usualMissingTexts
    schema.hasHeader = try values.value(.header, accepted: "true or false") { $0.truth }
    for dialectKey in DialectKey.allCases {
      guard let key = Key(rawValue: dialectKey.rawValue) else { continue }
      _ = try values.value(key, accepted: dialectKey.accepted) { node in
        node.text.flatMap { schema.dialect.set(dialectKey, to: $0) ? true : nil }
      }
    }
    for encodingKey in EncodingKey.allCases {
      guard let key = Key(rawValue: encodingKey.rawValue), let value = values[key] else { continue }
      try schema.encoding.take(encodingKey, value)
    }
    schema.target = try values.value(.target, accepted: "the name of a column") { $0.text }
    if let target = schema.target, let value = values[.target] {
      try Self.find(target, in: schema, key: "target", at: value)
    }
    if let value = values[.classes] {
      guard schema.target != nil else {
        throw value.error(
          "a schema with classes lacks target; accepted: the name of the column that holds the "
            + "classes")
      }
      schema.classShares = try Self.classes(value)
    }
    if let value = values[.rules] { schema.rules = try Self.rules(value, schema) }
    if let value = values[.drift] {
      let owner = "drift"
      let drift = try DocumentMapping<DriftKey>(Self.pairs(of: owner, value), owner: owner)
      schema.tolerance = try drift.value(.tolerate, accepted: Self.deviations) { $0.deviations }
      schema.alpha = try drift.value(.alpha, accepted: "a number between 0 and 1") { node in
        node.number.flatMap { $0 > 0 && $0 < 1 ? $0 : nil }
      }
    }
    self.schema = schema
  }

  // MARK: - Columns

  private static func column(_ name: String, _ node: Node) throws(DocumentError) -> ColumnSchema {
    let owner = "the column \(name.quotedExcerpt)"
    let values = try DocumentMapping<ColumnKey>(pairs(of: owner, node), owner: owner)
    let kinds = ColumnSchema.Kind.allCases.map(\.rawValue).joined(separator: ", ")
    let kind = try values.value(.type, accepted: kinds) { node in
      node.text.flatMap { ColumnSchema.Kind(rawValue: $0) }
    }
    guard let kind else { throw node.error("\(owner) lacks type; accepted: \(kinds)") }
    var column = ColumnSchema(name: name, kind: kind)
    let foreign: [ColumnKey] = kind == .text ? [.minimum, .maximum] : [.length, .pattern]
    for key in foreign {
      guard let value = values[key] else { continue }
      let accepted = ColumnKey.allCases.filter { !foreign.contains($0) }.map(\.rawValue)
      throw value.error(
        "\(key.rawValue) is not for columns of the type \(kind.rawValue); accepted: "
          + accepted.joined(separator: ", "))
    }
    try takeRange(of: &column, values)
    column.length = try values[.length].map { (node) throws(DocumentError) in
      try length(node)
    }
    column.pattern = try values.value(
      .pattern, accepted: "a regular expression such as '[A-Z]{2}[0-9]+', in apostrophes"
    ) { node in node.text.flatMap { TextPattern($0) } }
    column.tolerance = try values.value(.tolerate, accepted: deviations) { $0.deviations }
    column.values = try values.items(
      .values, accepted: "a list of what the column may hold, such as [yes, no]"
    ) { $0.text }
    column.missing = try values.value(.missing, accepted: share) { $0.share } ?? 0
    column.isUnique = try values.value(.unique, accepted: "true or false") { $0.truth } ?? false
    return column
  }

  private static func takeRange(
    of column: inout ColumnSchema, _ values: DocumentMapping<ColumnKey>
  ) throws(DocumentError) {
    let isDate = column.kind == .date
    let accepted = isDate ? "a date such as 2026-03-01" : "a number such as 1.5"
    let read = { (node: Node) in
      isDate ? node.text.flatMap { ISODate.read($0)?.days } : node.number
    }
    column.minimum = try values.value(.minimum, accepted: accepted, read)
    column.maximum = try values.value(.maximum, accepted: accepted, read)
    guard let low = column.minimum, let high = column.maximum, low > high,
      let value = values[.maximum]
    else { return }
    let least = isDate ? values[.minimum]?.text ?? "" : "\(low)"
    throw value.refusal(
      of: "maximum", accepted: "a \(isDate ? "date" : "number") from minimum, \(least), up")
  }

  private static func length(_ node: Node) throws(DocumentError) -> ClosedRange<Int> {
    let accepted = "the least and the most characters, such as [3, 8]"
    let ends = try node.items(of: "length", accepted: accepted).map { $0.integer }
    guard ends.count == 2, let low = ends[0], let high = ends[1], 0 <= low, low <= high else {
      throw node.refusal(of: "length", accepted: accepted)
    }
    return low...high
  }

  // MARK: - Rows

  private static func classes(_ node: Node) throws(DocumentError) -> [Schema.ClassShare] {
    var shares: [Schema.ClassShare] = []
    let accepted = "the least and the largest share of the rows, such as [0.2, 0.5]"
    for (name, value) in try pairs(of: "classes", node) {
      let label = try Self.name(name)
      let ends = try value.items(of: label, accepted: accepted).map { $0.number }
      guard ends.count == 2, let low = ends[0], let high = ends[1], 0 <= low, low <= high, high <= 1
      else {
        throw value.refusal(of: label.quotedExcerpt, accepted: accepted)
      }
      shares.append(Schema.ClassShare(label: label, minimum: low, maximum: high))
    }
    return shares
  }

  private static func rules(_ node: Node, _ schema: Schema) throws(DocumentError) -> [Rule] {
    let accepted = "a list of rules, such as [width <= length]"
    var rules: [Rule] = []
    for item in try node.items(of: "rules", accepted: accepted) {
      let text = try item.value(of: "rules", accepted: accepted) { $0.text }
      let rule = try converting(try Rule(text)) { (error: RuleError) in
        item.error(
          "the rule \(text.quotedExcerpt) cannot have, at character \(error.character), "
            + error.problem)
      }
      for name in rule.columns {
        try find(name, in: schema, key: "rules", at: item)
      }
      rules.append(rule)
    }
    return rules
  }

  // MARK: - Values

  private static let mapping = "a mapping of keys to values"
  private static let deviations = "a number of deviations from 0 to 10, such as 0.1"
  private static let share = "a share from 0 to 1, such as 0.05 for 5 %"

  private static func pairs(
    of what: String, _ node: Node
  ) throws(DocumentError) -> [(key: Node, value: Node)] {
    try node.value(of: what, accepted: mapping) { $0.pairs }
  }

  private static func name(_ node: Node) throws(DocumentError) -> String {
    try node.value(
      of: "a name", accepted: "a text; quote it where YAML means something else"
    ) { $0.text }
  }

  private static func find(
    _ name: String, in schema: Schema, key: String, at node: Node
  ) throws(DocumentError) {
    let names = schema.columns.map(\.name)
    guard names.contains(name) else {
      throw node.error(
        "\(key): the schema has no column \(name.quotedExcerpt)"
          + Suggestion.ending(for: name, among: names))
    }
  }
}

extension DocumentNode {
  /// A number from 0 to 1.
  fileprivate var share: Double? { number.flatMap { (0...1).contains($0) ? $0 : nil } }

  /// A number from 0 to 10.
  fileprivate var deviations: Double? { number.flatMap { (0...10).contains($0) ? $0 : nil } }
}
