public import LinAlg

/// A model with its parameters chosen and nothing learnt yet.
public protocol Learner: Sendable {
  /// Learns from a problem.
  ///
  /// The result is the same for any number of threads. Rows of weight 0, classes without a row, a
  /// single row and constant features are all defined; a problem with fewer than two classes gives
  /// the model that always predicts the class there is (class 0 when there is no row).
  func fit(_ problem: Problem, threads: Int) -> any Model
}

/// A fitted classifier.
public protocol Model: Sendable {
  /// How the fit ended.
  var report: FitReport { get }

  /// Classes and scores for rows of features (n × d).
  ///
  /// - Precondition: The rows have the features the model was fitted with.
  func predict(_ features: Matrix<Double>, threads: Int) -> Prediction
}

/// What a model says of n rows.
public struct Prediction: Sendable, Equatable {
  /// The predicted class of each row.
  public let classes: [Int]

  /// One score per row and class (n × K); each model documents what it is.
  public let scores: Matrix<Double>

  /// Whether scores are probabilities, so that log loss is defined.
  public let scoresAreProbabilities: Bool

  /// Puts a prediction together.
  package init(classes: [Int], scores: Matrix<Double>, scoresAreProbabilities: Bool) {
    self.classes = classes
    (self.scores, self.scoresAreProbabilities) = (scores, scoresAreProbabilities)
  }
}

/// The class with the largest score, the smallest such class when several tie.
package func firstMaximum(_ scores: Span<Double>) -> Int {
  var best = 0
  for index in scores.indices where scores[index] > scores[best] { best = index }
  return best
}
