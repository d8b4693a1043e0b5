/// What an attacker wants, knows and may change; stored with every result.
public struct ThreatModel: Sendable, Equatable, Encodable {
  /// What the attacker wants.
  public enum Goal: String, Sendable, Encodable, CaseIterable {
    /// Lower accuracy on all rows.
    case availability
    /// Another class for one chosen row.
    case targeted
    /// Another class for every row that carries a trigger.
    case backdoor
    /// Lower accuracy on one group of rows.
    case subpopulation
  }

  /// What the attacker knows.
  public enum Knowledge: String, Sendable, Encodable, CaseIterable {
    /// Nothing but the rows that are changed and, at most, the ranges of the features.
    case none
    /// The training rows.
    case data
    /// The training rows and the kind of model, of which the attacker trains one.
    case surrogate
    /// The training rows, the model and its parameters.
    case whiteBox = "white-box"
  }

  /// What of a row the attacker changes.
  public enum Change: String, Sendable, Encodable, CaseIterable {
    /// Its features.
    case features
    /// Its label.
    case labels
    /// Its features and its label.
    case both = "features and labels"
    /// Whether it is there.
    case presence
  }

  /// What the changed rows still respect.
  public enum Constraint: String, Sendable, Encodable, CaseIterable {
    /// Nothing.
    case none
    /// Each feature stays within its range over the clean training rows.
    case box
    /// Each value is one that its feature has in some clean training row.
    case values
    /// The features are those of some clean training row.
    case rows
  }

  /// What the attacker wants.
  public let goal: Goal

  /// What the attacker knows.
  public let knowledge: Knowledge

  /// Whether validation rows are among what is known; they are never changed.
  public let seesValidation: Bool

  /// What is changed.
  public let changes: Change

  /// What changed rows still respect.
  public let constraint: Constraint

  /// The defence the attack was made to pass; nil for none.
  public let defenseAware: String?

  /// Puts a record together.
  public init(
    goal: Goal = .availability, knowledge: Knowledge = .none, seesValidation: Bool = false,
    changes: Change, constraint: Constraint, defenseAware: String? = nil
  ) {
    (self.goal, self.knowledge, self.seesValidation) = (goal, knowledge, seesValidation)
    (self.changes, self.constraint, self.defenseAware) = (changes, constraint, defenseAware)
  }
}
