import Datasets
package import Documents

/// A schema file that cannot be used.
///
/// Every case says where and carries the offending value.
package enum SchemaError: Error, Equatable, Sendable, DocumentFailure {
  /// The file is missing, is a directory, or may not be read.
  case unreadable(path: String, reason: String)

  /// The file has more bytes than any schema.
  case tooLarge(path: String, limit: Int)

  /// The file is not UTF-8.
  case invalidUTF8(file: String)

  /// The file holds nothing but white space and comments.
  case empty(file: String)

  /// The text is not YAML.
  case syntax(at: FileLocation, problem: String)

  /// Something of YAML that schemas do without.
  case unsupported(at: FileLocation, what: String)

  /// Not a mapping of keys to values.
  case notAMapping(at: FileLocation, what: String, found: String)

  /// A key that schemas, or the things in them that `owner` names, do not have.
  case unknownKey(at: FileLocation, key: String, owner: String?, accepted: [String])

  /// A key that is there already.
  case repeatedKey(at: FileLocation, key: String)

  /// A key that cannot be left out.
  case missingKey(at: FileLocation, key: String, owner: String?, accepted: String)

  /// A value that the key cannot have.
  case invalidValue(at: FileLocation, key: String, found: String, accepted: String)

  /// A key that columns of the kind do not have.
  case unfitKey(at: FileLocation, key: String, kind: ColumnSchema.Kind, accepted: String)

  /// A text that is no rule.
  case invalidRule(at: FileLocation, rule: String, error: RuleError)

  /// A column that the schema does not have.
  case unknownColumn(at: FileLocation, key: String, name: String, accepted: [String])
}

extension SchemaError {
  /// Whether the outside world is at fault rather than what was read.
  package var isInputOutput: Bool {
    if case .unreadable = self { true } else { false }
  }
}

extension SchemaError: CustomStringConvertible {
  /// What is wrong, where, and what would be accepted, in one line.
  package var description: String {
    switch self {
    case .unreadable(let path, let reason):
      "the schema \(path.quotedExcerpt) cannot be read: \(reason)"
    case .tooLarge(let path, let limit):
      "the schema \(path.quotedExcerpt) is too large; at most \(limit) bytes are read"
    case .invalidUTF8(let file):
      "\(file): the schema is not UTF-8; save the file as UTF-8"
    case .empty(let file):
      "\(file): the schema is empty; `runner validate FILE --infer SCHEMA` writes one to edit"
    case .syntax(let location, let problem):
      "\(location): the schema is not YAML: \(problem)"
    case .unsupported(let location, let what):
      "\(location): schemas have no \(what); write the value out"
    case .notAMapping(let location, let what, let found):
      "\(location): \(what) cannot be \(found); accepted: a mapping of keys to values"
    case .unknownKey(let location, let key, let owner, let accepted):
      "\(location): \(owner.map { "\($0) has" } ?? "there is") no key \(key.quotedExcerpt)"
        + Suggestion.ending(for: key, among: accepted)
    case .repeatedKey(let location, let key):
      "\(location): the key \(key.quotedExcerpt) is there more than once; keys must differ"
    case .missingKey(let location, let key, let owner, let accepted):
      "\(location): \(owner ?? "the schema") lacks \(key); accepted: \(accepted)"
    case .invalidValue(let location, let key, let found, let accepted):
      "\(location): \(key) cannot be \(found); accepted: \(accepted)"
    case .unfitKey(let location, let key, let kind, let accepted):
      "\(location): \(key) is not for columns of the type \(kind.rawValue); accepted: \(accepted)"
    case .invalidRule(let location, let rule, let error):
      "\(location): the rule \(rule.quotedExcerpt) cannot have, at character \(error.character), "
        + error.problem
    case .unknownColumn(let location, let key, let name, let accepted):
      "\(location): \(key): the schema has no column \(name.quotedExcerpt)"
        + Suggestion.ending(for: name, among: accepted)
    }
  }
}
