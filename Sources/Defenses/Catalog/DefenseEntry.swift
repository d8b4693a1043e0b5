public import Documents
public import Models

/// One defence of the catalogue: what it is, what it takes, and how it is made.
public struct DefenseEntry: Sendable {
  /// What kind of defence it is, as the study sorts them.
  public enum Family: String, Sendable, Encodable, CaseIterable {
    /// Checks of what values may be.
    case validation
    /// Scores of how far a row lies from others.
    case detector
    /// Rows removed or relabelled by what the rest says of them.
    case sanitizer
    /// Another loss, or noise in training.
    case training
  }

  /// The name users call the defence by.
  public let name: String

  /// What it does, in one line.
  public let summary: String

  /// What kind of defence it is.
  public let family: Family

  /// What it takes.
  public internal(set) var parameters: [Parameter] = []

  /// Of which models it is part of the training.
  ///
  /// One that trains is for no others; one that judges rows stands before any model.
  var isNative: @Sendable (any Learner) -> Bool = { _ in false }

  /// Whether it needs trusted rows whatever its parameters.
  public internal(set) var needsTrusted = false

  /// Whether it cannot be asked for by its name alone.
  public internal(set) var needsParameters = false

  /// What it costs beside the fit itself, in words, such as `5 fits`.
  public let cost: String

  /// Where it is from.
  public let source: String

  let make: @Sendable (SpecificationParameters) throws(SpecificationError) -> Defense

  /// What the defence is to a model.
  public func applicability(to learner: any Learner) -> Applicability {
    if isNative(learner) { return .native }
    return family == .training ? .none : .filter
  }
}
