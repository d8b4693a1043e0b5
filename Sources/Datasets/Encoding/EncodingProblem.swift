import Documents

/// What is wrong with what somebody says of how columns become numbers, or with what it leaves.
public struct EncodingProblem: Equatable, Sendable {
  /// The file as its reader was told to call it.
  public let file: String

  /// What was said, by its name; nil where the file is at fault.
  public let key: EncodingKey?

  /// A column that can be read after all, where that helps.
  public let column: String?

  /// What is wrong.
  public let problem: String

  /// What would be accepted.
  public let accepted: String

  init(file: String, key: EncodingKey?, column: String? = nil, problem: String, accepted: String) {
    (self.file, self.key, self.column) = (file, key, column)
    (self.problem, self.accepted) = (problem, accepted)
  }
}

extension EncodingProblem: CustomStringConvertible {
  /// What is wrong and what would be accepted, in one line.
  public var description: String { "\(file): \(problem); \(accepted)" }
}
