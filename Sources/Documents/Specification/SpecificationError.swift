/// An attack, a defence or a model that cannot be had as it is asked for.
public struct SpecificationError: Error, Equatable, Sendable {
  /// What is asked for.
  public enum Kind: String, Sendable {
    case attack
    case defense = "defence"
    case model
  }

  /// What is wrong.
  public enum Problem: Equatable, Sendable {
    /// There is none of this name.
    case unknown(accepted: [String])

    /// It has no parameter of this name.
    case unknownParameter(String, accepted: [String])

    /// A parameter has a value it cannot have.
    case invalidParameter(String, value: String, accepted: String)

    /// It cannot do without a parameter that was not given.
    case missingParameter(String, accepted: String)

    /// It cannot be used so, for a reason that is a sentence of its own.
    case unfit(reason: String)
  }

  /// What is asked for.
  public let kind: Kind

  /// The name it is asked for by.
  public let name: String

  /// What is wrong.
  public let problem: Problem

  /// Says what is wrong with what.
  package init(_ kind: Kind, _ name: String, _ problem: Problem) {
    (self.kind, self.name, self.problem) = (kind, name, problem)
  }
}

extension SpecificationError: CustomStringConvertible {
  /// What is wrong and what would be accepted, in one line.
  public var description: String {
    let subject = "The \(kind.rawValue) \(name)"
    switch problem {
    case .unknown(let accepted):
      return "There is no \(kind.rawValue) \(name.quotedExcerpt)"
        + Suggestion.ending(for: name, among: accepted, noun: "\(kind.rawValue)s")
    case .unknownParameter(let parameter, let accepted):
      return accepted.isEmpty
        ? "\(subject) has no parameters, so \(parameter.quotedExcerpt) cannot be one"
        : "\(subject) has no parameter \(parameter.quotedExcerpt)"
          + Suggestion.ending(for: parameter, among: accepted, noun: "parameters")
    case .invalidParameter(let parameter, let value, let accepted):
      return "\(subject) cannot have \(parameter) \(value.quotedExcerpt); it must be \(accepted)"
    case .missingParameter(let parameter, let accepted):
      return "\(subject) needs \(parameter), which must be \(accepted)"
    case .unfit(let reason): return reason
    }
  }
}
