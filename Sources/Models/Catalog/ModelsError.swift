import Documents

/// A model that cannot be had, or not with a parameter.
public enum ModelsError: Error, Equatable, Sendable, CustomStringConvertible {
  /// There is no model of this name.
  case unknownModel(String, accepted: [String])

  /// The model has no parameter of this name.
  case unknownParameter(model: String, name: String, accepted: [String])

  /// A parameter, of the model where it is known, has a value it cannot have.
  case invalidParameter(model: String? = nil, name: String, value: String, accepted: String)

  /// What is wrong and what would be accepted, in one line.
  public var description: String {
    switch self {
    case .unknownModel(let name, let accepted):
      "There is no model \(name.quotedExcerpt)"
        + Suggestion.ending(for: name, among: accepted, noun: "models")
    case .unknownParameter(let model, let name, let accepted):
      "The model \(model) has no parameter \(name.quotedExcerpt)"
        + Suggestion.ending(for: name, among: accepted, noun: "parameters")
    case .invalidParameter(let model?, let name, let value, let accepted):
      "The model \(model) cannot have \(name) \(value.quotedExcerpt); it must be \(accepted)"
    case .invalidParameter(nil, let name, let value, let accepted):
      "\(name) cannot be \(value); it must be \(accepted)"
    }
  }

  /// The error with the model that a parameter belongs to.
  func naming(_ model: String) -> ModelsError {
    guard case .invalidParameter(nil, let name, let value, let accepted) = self else { return self }
    return .invalidParameter(model: model, name: name, value: value, accepted: accepted)
  }
}

/// Checks that a parameter is a positive finite number.
func validatePositive(_ value: Double, _ name: String) throws(ModelsError) {
  guard value > 0, value.isFinite else {
    throw .invalidParameter(name: name, value: "\(value)", accepted: "a positive number")
  }
}

/// Checks that a parameter is a whole number of at least 1.
func validateCount(_ value: Int, _ name: String) throws(ModelsError) {
  guard value >= 1 else {
    throw .invalidParameter(name: name, value: "\(value)", accepted: "a whole number from 1 up")
  }
}
