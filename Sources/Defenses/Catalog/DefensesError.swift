import Documents

/// A defence that cannot be carried out as asked.
public enum DefensesError: Error, Equatable, Sendable, CustomStringConvertible {
  /// There is no defence of this name.
  case unknownDefense(String, accepted: [String])

  /// The defence has no parameter of this name.
  case unknownParameter(defense: String, name: String, accepted: [String])

  /// A parameter of the defence has a value it cannot have.
  case invalidParameter(defense: String, name: String, value: String, accepted: String)

  /// The defence cannot do without a parameter that was not given.
  case missingParameter(defense: String, name: String, accepted: String)

  /// The defence needs trusted rows, and there are none.
  case needsTrusted(defense: String)

  /// Two defences of a chain would both change how the model is trained.
  case twoTrainings(first: String, second: String)

  /// A defence judges rows after one that changes how the model is trained.
  case rowsAfterTraining(rows: String, training: String)

  /// What is wrong and what would be accepted, in one line.
  public var description: String {
    switch self {
    case .unknownDefense(let name, let accepted):
      return "There is no defence \(name.quotedExcerpt)"
        + Suggestion.ending(for: name, among: accepted, noun: "defences")
    case .unknownParameter(let defense, let name, let accepted):
      return accepted.isEmpty
        ? "The defence \(defense) has no parameters, so \(name.quotedExcerpt) cannot be one"
        : "The defence \(defense) has no parameter \(name.quotedExcerpt)"
          + Suggestion.ending(for: name, among: accepted, noun: "parameters")
    case .invalidParameter(let defense, let name, let value, let accepted):
      return "\(name) of the defence \(defense) cannot be \(value.quotedExcerpt); "
        + "it must be \(accepted)"
    case .missingParameter(let defense, let name, let accepted):
      return "The defence \(defense) needs \(name), which must be \(accepted)"
    case .needsTrusted(let defense):
      return "The defence \(defense) needs trusted rows; set some aside with --trusted, such as "
        + "--trusted 0.1 for a tenth of the training rows"
    case .twoTrainings(let first, let second):
      return "A chain cannot have both \(first) and \(second): each says how the model is trained"
    case .rowsAfterTraining(let rows, let training):
      return "\(rows) judges rows, so it must stand before \(training) in the chain"
    }
  }
}

extension DefensesError: SpecificationFailure {
  package static func unknownParameter(
    of subject: String, name: String, accepted: [String]
  ) -> DefensesError {
    .unknownParameter(defense: subject, name: name, accepted: accepted)
  }

  package static func invalidParameter(
    of subject: String, name: String, value: String, accepted: String
  ) -> DefensesError {
    .invalidParameter(defense: subject, name: name, value: value, accepted: accepted)
  }
}
