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

  /// The same learner with noise that nobody can draw again; nil where none hides rows.
  func secretLearner(replacing learner: any Learner) -> (any Learner)?

  /// What training alone reveals of any one row; nil for defences without privacy.
  var guarantee: PrivacyGuarantee? { get }
}

extension TrainingDefense {
  /// Whether the defence is for a model.
  func applies(to learner: any Learner) -> Bool {
    self.learner(replacing: learner, key: .standard, seed: 0) != nil
  }

  /// No noise hides rows.
  public func secretLearner(replacing learner: any Learner) -> (any Learner)? { nil }

  /// Nothing is promised.
  public var guarantee: PrivacyGuarantee? { nil }
}

/// (ε, δ)-differential privacy of one row of the training set that is replaced by any other.
///
/// The number of rows, the features and the classes are public. All mechanisms have this relation, so
/// that their ε can be compared.
///
/// Source: Dwork and Roth, "The Algorithmic Foundations of Differential Privacy" (2014),
/// definition 2.4.
public struct PrivacyGuarantee: Sendable, Equatable, Encodable {
  /// ε: no output is more than e^ε times as probable with any one row as with another in its place.
  public let epsilon: Double

  /// δ: but for outputs of this probability.
  public let delta: Double

  /// Puts a guarantee together.
  public init(epsilon: Double, delta: Double) {
    (self.epsilon, self.delta) = (epsilon, delta)
  }
}
