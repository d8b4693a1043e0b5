public import LinAlg
public import Models

/// A defence in the way a model is trained: another loss, or noise.
public protocol TrainingDefense: Sendable {
  /// The name users call the defence by.
  var name: String { get }

  /// Parameters that differ from the defaults, such as `smoothing=0.2`; empty for none.
  var parameters: [String: String] { get }

  /// What learns in the place of a model's own learner; nil where the defence is not for the model.
  ///
  /// `key` and `seed` address its random numbers, where it has any.
  func learner(replacing learner: any Learner, key: RandomKey, seed: UInt32) -> (any Learner)?

  /// What training on `count` rows in `classCount` classes reveals of any one of them; nil for
  /// defences without privacy.
  func guarantee(rowCount: Int, classCount: Int) -> PrivacyGuarantee?
}

extension TrainingDefense {
  /// Whether the defence is for a model.
  func applies(to learner: any Learner) -> Bool {
    self.learner(replacing: learner, key: .standard, seed: 0) != nil
  }

  /// Nothing is promised.
  public func guarantee(rowCount: Int, classCount: Int) -> PrivacyGuarantee? { nil }
}

/// (ε, δ)-differential privacy.
///
/// Source: Dwork and Roth, "The Algorithmic Foundations of Differential Privacy" (2014),
/// definition 2.4.
public struct PrivacyGuarantee: Sendable, Equatable, Encodable {
  /// ε: no output is more than e^ε times as probable with any one row as without it.
  public let epsilon: Double

  /// δ: but for outputs of this probability.
  public let delta: Double

  /// Puts a guarantee together.
  public init(epsilon: Double, delta: Double) {
    (self.epsilon, self.delta) = (epsilon, delta)
  }
}
