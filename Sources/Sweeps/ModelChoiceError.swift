import Datasets
public import Models

/// A model that cannot be chosen so.
public enum ModelChoiceError: Error, Equatable, Sendable, CustomStringConvertible {
  /// There is no model of this name.
  case unknownModel(String)

  /// The model has no parameter of this name.
  case unknownParameter(model: ModelKind, name: String)

  /// A parameter of the model has a value it cannot have.
  case invalidParameter(model: ModelKind, name: String, value: String, accepted: String)

  /// What is wrong and what would be accepted, in one line.
  public var description: String {
    switch self {
    case .unknownModel(let name):
      "There is no model \(name.quotedExcerpt)"
        + Self.suggestion(name, ModelKind.allCases.map(\.rawValue), noun: "models")
    case .unknownParameter(let model, let name):
      "The model \(model.rawValue) has no parameter \(name.quotedExcerpt)"
        + Self.suggestion(name, model.parameterNames, noun: "parameters")
    case .invalidParameter(let model, let name, let value, let accepted):
      "The model \(model.rawValue) cannot have \(name) \(value.quotedExcerpt); "
        + "it must be \(accepted)"
    }
  }

  private static func suggestion(_ name: String, _ accepted: [String], noun: String) -> String {
    let nearest = Suggestion.nearest(to: name, among: accepted)
    return (nearest.map { "; did you mean \($0)?" } ?? ";")
      + " \(noun): \(accepted.joined(separator: ", "))"
  }
}
