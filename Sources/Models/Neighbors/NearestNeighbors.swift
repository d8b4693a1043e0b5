public import Documents
import LinAlg

/// Classification by the k nearest training rows.
///
/// Distances are Euclidean. Of equal distances the row with the smaller index is nearer; the class
/// with the largest sum of weights among the k wins, the smaller class on a tie. With unit weights
/// this is scikit-learn's `KNeighborsClassifier` wherever no distances tie.
public struct NearestNeighbors: Learner, Equatable {
  /// Number of neighbours k that vote; default 5.
  public let neighborCount: Int

  static let entry = ModelEntry(
    "knn",
    parameters: [.init("n_neighbors", "a whole number from 1 up", default: "5")],
    estimator: Estimator(
      "KNeighborsClassifier", ["weights": "uniform", "metric": "euclidean"])
  ) { parameters throws(SpecificationError) in
    try NearestNeighbors(neighborCount: parameters.count("n_neighbors", in: 1...Int.max))
  }

  /// Chooses the number of neighbours.
  ///
  /// - Throws: `SpecificationError` unless it is at least 1.
  public init(neighborCount: Int = 5) throws(SpecificationError) {
    try SpecificationError.checkCount(neighborCount, "n_neighbors", of: "knn")
    self.neighborCount = neighborCount
  }

  /// Learns from a problem; see `Learner`.
  public func fit(_ problem: Problem, threads: Int) -> any Model {
    fitNeighbors(problem)
  }

  /// Learns from a problem, with the concrete type of model.
  ///
  /// With fewer rows of positive weight than neighbours, all of them vote.
  public func fitNeighbors(_ problem: Problem) -> NearestNeighborsModel {
    let problem = problem.withoutAbsentRows()
    return NearestNeighborsModel(
      points: problem.features.transposed(), labels: problem.labels, weights: problem.weights,
      neighborCount: min(neighborCount, problem.sampleCount), classCount: problem.classCount,
      report: problem.presentClasses.count < 2 ? .constant : .exact)
  }
}
