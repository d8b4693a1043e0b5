import Datasets
public import Documents

/// A plan file that cannot be used.
///
/// Every case says where and carries the offending value.
public enum PlanError: Error, Equatable, Sendable {
  /// The file is missing, is a directory, or may not be read.
  case unreadable(path: String, reason: String)

  /// The file has more bytes than any plan.
  case tooLarge(path: String, limit: Int)

  /// The file is not UTF-8.
  case invalidUTF8(file: String)

  /// The file holds nothing but white space and comments.
  case empty(file: String)

  /// The text is not YAML.
  case syntax(at: FileLocation, problem: String)

  /// Something of YAML that plans do without.
  case unsupported(at: FileLocation, what: String)

  /// Not a mapping of keys to values.
  case notAMapping(at: FileLocation, found: String)

  /// A key that plans do not have, or that the model `owner` does not have.
  case unknownKey(at: FileLocation, key: String, owner: String?, accepted: [String])

  /// A key that is there already.
  case repeatedKey(at: FileLocation, key: String)

  /// A value that the key cannot have.
  case invalidValue(at: FileLocation, key: String, found: String, accepted: String)

  /// More cells than a sweep can have.
  case tooManyCells(at: FileLocation, limit: Int)

  /// What the plan asks for cannot be done, with these data or at all.
  case refused(at: FileLocation, reason: String)
}

extension PlanError {
  /// Whether the outside world is at fault rather than what was read.
  public var isInputOutput: Bool {
    if case .unreadable = self { true } else { false }
  }
}

extension PlanError: DocumentFailure {}

extension PlanError: CustomStringConvertible {
  /// What is wrong, where, and what would be accepted, in one line.
  public var description: String {
    switch self {
    case .unreadable(let path, let reason):
      "the plan \(path.quotedExcerpt) cannot be read: \(reason)"
    case .tooLarge(let path, let limit):
      "the plan \(path.quotedExcerpt) is too large; at most \(limit) bytes are read"
    case .invalidUTF8(let file):
      "\(file): the plan is not UTF-8; save the file as UTF-8"
    case .empty(let file):
      "\(file): the plan is empty; it must hold keys such as \"models: [softmax, knn]\""
    case .syntax(let location, let problem):
      "\(location): the plan is not YAML: \(problem)"
    case .unsupported(let location, let what):
      "\(location): plans have no \(what); write the value out"
    case .notAMapping(let location, let found):
      "\(location): \(found) is not a plan; "
        + "it must be a mapping of keys to values, such as \"seeds: 1000\""
    case .unknownKey(let location, let key, let owner, let accepted):
      "\(location): \(owner.map { "the model \($0) has" } ?? "there is") no "
        + "\(owner == nil ? "key" : "parameter") \(key.quotedExcerpt)"
        + Suggestion.ending(for: key, among: accepted)
    case .repeatedKey(let location, let key):
      "\(location): the key \(key.quotedExcerpt) is there more than once; keys must differ"
    case .invalidValue(let location, let key, let found, let accepted):
      "\(location): \(key) cannot be \(found); accepted: \(accepted)"
    case .tooManyCells(let location, let limit):
      "\(location): the grid has more than \(limit) cells, conditions × models; "
        + "use fewer levels, attacks or parameters"
    case .refused(let location, let reason):
      "\(location): \(reason.prefix(1).lowercased())\(reason.dropFirst())"
    }
  }
}

/// The text of a plan file and the tree of its values.
typealias PlanText = DocumentText<PlanError>

/// One value of a plan file, with its place.
typealias PlanNode = DocumentNode<PlanError>
