public import Datasets
public import Defenses

/// What holds of the privacy of a model that was trained to hide any one row: ε and δ, or why not.
public struct PrivacyStatement: Sendable, Equatable {
  /// Why neither ε nor δ holds.
  public enum Obstacle: Sendable, Equatable {
    /// The scaler was fitted to the rows themselves, and the model has it exactly.
    case scaler(ScalerKind)
    /// Defences chose among the rows by what all of them are.
    case rowDefenses([String])
    /// The objective was not minimised, which the proof takes for granted.
    case unfinishedFit
  }

  /// What the training alone would give.
  public let asked: PrivacyGuarantee

  /// Why the model does not have it; empty where it has.
  public let obstacles: [Obstacle]

  /// Whether the noise is the system's and kept nowhere; else who knows key and seed can draw it again.
  public let isSecret: Bool

  /// What holds of the model; nil for nothing.
  public var guarantee: PrivacyGuarantee? { obstacles.isEmpty ? asked : nil }

  /// What holds behind defences; nil where the training is not for privacy.
  ///
  /// An attack changes rows before any of this: the statement is about those it leaves.
  public init?(
    _ defense: DefenseChain, scaler: ScalerKind, policy: ScalerPolicy, hasEnded: Bool = true,
    isSecret: Bool = false
  ) {
    guard let asked = defense.training?.guarantee else { return nil }
    (self.asked, self.isSecret) = (asked, isSecret)
    var obstacles: [Obstacle] = []
    if scaler != .none, policy != .vouched { obstacles.append(.scaler(scaler)) }
    if !defense.rowDefenses.isEmpty {
      obstacles.append(.rowDefenses(defense.rowDefenses.map(\.name)))
    }
    if !hasEnded { obstacles.append(.unfinishedFit) }
    self.obstacles = obstacles
  }
}

extension Study {
  /// What holds of the privacy of models under each defence that is for it.
  public var privacyStatements: [(defense: String, statement: PrivacyStatement)] {
    conditions.distinct(by: \.defenseName).compactMap { condition in
      PrivacyStatement(condition.defense, scaler: scaler, policy: scalerPolicy).map {
        (condition.defenseName, $0)
      }
    }
  }
}
