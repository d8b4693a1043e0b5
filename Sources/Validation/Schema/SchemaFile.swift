import Datasets
import Documents

/// A schema read from a YAML file.
///
///     missing_values: ["?", NA]      # besides nothing
///     other_columns: false           # whether there may be more columns
///     copies: 0.02                   # share of rows that may be copies of one before
///     columns:
///       age:
///         type: integer              # integer, number or text
///         minimum: 0
///         maximum: 120
///         missing: 0.1               # share of rows that may have no value
///         unique: false
///       species:
///         type: text
///         values: [setosa, versicolor]
///     target: species
///     classes:
///       setosa: [0.2, 0.6]           # least and largest share of the rows
///     rules:
///       - if species == 'setosa' then age < 18
///
/// All but `columns` may be left out.
package struct SchemaFile {
  /// What the file says.
  package let schema: Schema

  private typealias Node = DocumentNode<SchemaError>

  private enum Key: String, CaseIterable {
    case missingValues = "missing_values"
    case otherColumns = "other_columns"
    case copies, columns, target, classes, rules
  }

  private enum ColumnKey: String, CaseIterable {
    case type, minimum, maximum, values, missing, unique
  }

  /// Reads a file; at most 1 MB is read.
  ///
  /// - Throws: `SchemaError` with the file, line and column of what is wrong.
  package init(contentsOf path: String) throws(SchemaError) {
    try self.init(DocumentText(contentsOf: path))
  }

  /// Reads a text as if it were that of `file`.
  package init(_ text: String, file: String) throws(SchemaError) {
    try self.init(DocumentText(text, file: file))
  }

  private init(_ text: DocumentText<SchemaError>) throws(SchemaError) {
    let values = try Self.keys(Key.self, of: text.root, what: "a schema", owner: nil)
    guard let columns = values[.columns] else {
      throw .missingKey(
        at: text.root.location, key: "columns", owner: nil,
        accepted: "a mapping of the names of columns to what they hold")
    }
    guard let pairs = columns.pairs, !pairs.isEmpty else {
      throw .notAMapping(at: columns.location, what: "columns", found: columns.found)
    }
    var list: [ColumnSchema] = []
    for (name, value) in pairs {
      list.append(try Self.column(try Self.name(name), value))
    }
    var schema = Schema(columns: list)
    if let value = values[.otherColumns] {
      schema.allowsOtherColumns = try value.value(of: "other_columns", accepted: "true or false") {
        $0.truth
      }
    }
    if let value = values[.copies] { schema.copies = try Self.share(value, of: "copies") }
    if let value = values[.missingValues] {
      schema.missingTexts = try Self.texts(
        value, of: "missing_values", accepted: "a list of texts, such as [\"?\", NA]")
    }
    if let value = values[.target] {
      schema.target = try value.value(of: "target", accepted: "the name of a column") { $0.text }
      try Self.find(schema.target ?? "", in: schema, key: "target", at: value.location)
    }
    if let value = values[.classes] {
      guard schema.target != nil else {
        throw .missingKey(
          at: value.location, key: "target", owner: "a schema with classes",
          accepted: "the name of the column that holds the classes")
      }
      schema.classShares = try Self.classes(value)
    }
    if let value = values[.rules] { schema.rules = try Self.rules(value, schema) }
    self.schema = schema
  }

  // MARK: - Columns

  private static func column(_ name: String, _ node: Node) throws(SchemaError) -> ColumnSchema {
    let owner = "the column \(name.quotedExcerpt)"
    let values = try keys(ColumnKey.self, of: node, what: owner, owner: owner)
    let kinds = ColumnSchema.Kind.allCases.map(\.rawValue).joined(separator: ", ")
    guard let type = values[.type] else {
      throw .missingKey(at: node.location, key: "type", owner: owner, accepted: kinds)
    }
    var column = ColumnSchema(
      name,
      try type.value(of: "type", accepted: kinds) { node in
        node.text.flatMap { ColumnSchema.Kind(rawValue: $0) }
      })
    for (key, value) in [("minimum", values[.minimum]), ("maximum", values[.maximum])] {
      guard let value else { continue }
      guard column.kind != .text else {
        throw .unfitKey(
          at: value.location, key: key, kind: .text, accepted: "type, values, missing, unique")
      }
      let number = try value.value(of: key, accepted: "a number such as 1.5") { $0.number }
      if key == "minimum" { column.minimum = number } else { column.maximum = number }
    }
    if let low = column.minimum, let high = column.maximum, low > high, let value = values[.maximum]
    {
      throw value.refusal(of: "maximum", accepted: "a number from minimum, \(low), up")
    }
    if let value = values[.values] {
      column.values = try texts(
        value, of: "values", accepted: "a list of what the column may hold, such as [yes, no]")
    }
    if let value = values[.missing] { column.missing = try share(value, of: "missing") }
    if let value = values[.unique] {
      column.isUnique = try value.value(of: "unique", accepted: "true or false") { $0.truth }
    }
    return column
  }

  // MARK: - Rows

  private static func classes(_ node: Node) throws(SchemaError) -> [Schema.ClassShare] {
    guard let pairs = node.pairs else {
      throw .notAMapping(at: node.location, what: "classes", found: node.found)
    }
    var shares: [Schema.ClassShare] = []
    let accepted = "the least and the largest share of the rows, such as [0.2, 0.5]"
    for (name, value) in pairs {
      let label = try Self.name(name)
      let ends = try value.items(of: label, accepted: accepted).map { $0.number }
      guard ends.count == 2, let low = ends[0], let high = ends[1], 0 <= low, low <= high, high <= 1
      else {
        throw .invalidValue(
          at: value.location, key: label.quotedExcerpt, found: value.found, accepted: accepted)
      }
      shares.append(Schema.ClassShare(label: label, minimum: low, maximum: high))
    }
    return shares
  }

  private static func rules(_ node: Node, _ schema: Schema) throws(SchemaError) -> [Rule] {
    let accepted = "a list of rules, such as [width <= length]"
    var rules: [Rule] = []
    for item in try node.items(of: "rules", accepted: accepted) {
      let text = try item.value(of: "rules", accepted: accepted) { $0.text }
      let rule: Rule
      do {
        rule = try Rule(text)
      } catch {
        throw .invalidRule(at: item.location, rule: text, error: error)
      }
      for name in rule.columns {
        try find(name, in: schema, key: "rules", at: item.location)
      }
      rules.append(rule)
    }
    return rules
  }

  // MARK: - Values

  private static func keys<Key: RawRepresentable & CaseIterable & Hashable>(
    _: Key.Type, of node: Node, what: String, owner: String?
  ) throws(SchemaError) -> [Key: Node] where Key.RawValue == String {
    guard let pairs = node.pairs else {
      throw .notAMapping(at: node.location, what: what, found: node.found)
    }
    var values: [Key: Node] = [:]
    for (keyNode, value) in pairs {
      let text = keyNode.text ?? keyNode.found
      guard let key = Key(rawValue: text) else {
        throw .unknownKey(
          at: keyNode.location, key: text, owner: owner,
          accepted: Key.allCases.map(\.rawValue))
      }
      values[key] = value
    }
    return values
  }

  private static func name(_ node: Node) throws(SchemaError) -> String {
    guard let text = node.text else {
      throw node.refusal(of: "a name", accepted: "a text; quote it where YAML means something else")
    }
    return text
  }

  private static func share(_ node: Node, of key: String) throws(SchemaError) -> Double {
    try node.value(of: key, accepted: "a share from 0 to 1, such as 0.05 for 5 %") { node in
      node.number.flatMap { (0...1).contains($0) ? $0 : nil }
    }
  }

  private static func texts(
    _ node: Node, of key: String, accepted: String
  ) throws(SchemaError) -> [String] {
    var texts: [String] = []
    for item in try node.items(of: key, accepted: accepted) {
      texts.append(try item.value(of: key, accepted: accepted) { $0.text })
    }
    return texts
  }

  private static func find(
    _ name: String, in schema: Schema, key: String, at location: FileLocation
  ) throws(SchemaError) {
    let names = schema.columns.map(\.name)
    guard names.contains(name) else {
      throw .unknownColumn(at: location, key: key, name: name, accepted: names)
    }
  }
}
