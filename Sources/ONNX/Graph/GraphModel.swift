import Models

/// A model that can say in a graph how it predicts.
protocol GraphModel: Model {
  /// What its scores are called.
  static var scoreName: String { get }

  /// What label and scores are, for people.
  static var meaning: String { get }

  var featureCount: Int { get }

  var classCount: Int { get }

  /// Adds the prediction for scaled features, N × d.
  func predict(_ x: GraphBuilder.Value, _ graph: inout GraphBuilder) -> GraphPrediction
}
