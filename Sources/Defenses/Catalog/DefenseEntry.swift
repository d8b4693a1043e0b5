import Datasets
public import Models

/// One defence of the catalogue: what it is, what it takes, and how it is made.
public struct DefenseEntry: Sendable {
  /// A parameter of a defence.
  public struct Parameter: Sendable, Equatable, Encodable {
    /// The name it is given by.
    public let name: String

    /// The values it can have, in words.
    public let accepted: String

    /// What it is when it is not given, in words.
    public let standard: String

    /// Puts a parameter together.
    init(_ name: String, _ accepted: String, default standard: String) {
      self.name = name
      self.accepted = accepted
      self.standard = standard
    }
  }

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
  public let parameters: [Parameter]

  /// Whether it needs trusted rows whatever its parameters.
  public let needsTrusted: Bool

  /// What it costs beside the fit itself, in words, such as `5 fits`.
  public let cost: String

  /// Where it is from.
  public let source: String

  /// Whether it cannot be asked for by its name alone.
  public let needsParameters: Bool

  private let native: [ModelKind]

  /// The defence with its parameters read.
  let make: @Sendable (DefenseParameters) throws(DefensesError) -> Defense

  /// Describes a defence.
  ///
  /// `native` are the kinds of models it is part of the training of. One that trains is for no
  /// other kinds; one that judges rows stands before any model.
  init(
    _ name: String, _ summary: String, _ family: Family, parameters: [Parameter] = [],
    native: [ModelKind] = [], needsTrusted: Bool = false, needsParameters: Bool = false,
    cost: String, source: String,
    make: @escaping @Sendable (DefenseParameters) throws(DefensesError) -> Defense
  ) {
    self.name = name
    self.summary = summary
    self.family = family
    self.parameters = parameters
    self.native = native
    self.needsTrusted = needsTrusted
    self.needsParameters = needsParameters
    self.cost = cost
    self.source = source
    self.make = make
  }

  /// What the defence is to a kind of model.
  public func applicability(to kind: ModelKind) -> Applicability {
    if native.contains(kind) { return .native }
    return family == .training ? .none : .filter
  }
}
