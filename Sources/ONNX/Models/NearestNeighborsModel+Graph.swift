import LinAlg
import Models

extension NearestNeighborsModel: GraphModel {
  static let scoreName = "probability"

  static let meaning =
    "label: the class with most votes of the nearest rows, the smaller one where votes tie; "
    + "probabilities: the shares of the votes"

  var featureCount: Int { points.rows }

  /// Adds the distances to all rows, the k nearest rows and the shares of the classes among them.
  ///
  /// `TopK` prefers the lower index where numbers tie, so the row with the smaller index is nearer.
  func predict(_ x: GraphBuilder.Value, _ graph: inout GraphBuilder) -> GraphPrediction {
    guard neighborCount > 0 else {
      return GraphPrediction(
        label: .constant(0), scores: Array(repeating: .constant(0), count: classCount))
    }
    let distances = graph.squaredDistances(from: x, toColumnsOf: points)
    let shares = voteShares(smallest(distances, &graph).indices, rowsOf: x, &graph)
    return GraphPrediction(
      label: .values(graph.firstMaximum(shares)),
      scores: (0..<classCount).map { .column($0, of: shares) })
  }

  /// Adds the share of each class in the weight of the neighbours, added in the order of rows.
  private func voteShares(
    _ neighbors: GraphBuilder.Value, rowsOf x: GraphBuilder.Value, _ graph: inout GraphBuilder
  ) -> GraphBuilder.Value {
    var ballots = Matrix<Double>(rows: labels.count, columns: classCount)
    for (row, label) in labels.enumerated() { ballots[row, label] = weights[row] }
    let cast = graph.node(
      "Gather", graph.constant(TensorProto(ballots), "ballots"),
      smallest(neighbors, &graph).values)

    let zero = TensorProto([0.0])
    let votes = graph.sum(cast, from: graph.filled(zero, rowsOf: x, columns: classCount))
    let total = graph.sum(votes, from: graph.filled(zero, rowsOf: x))
    let column = graph.constant(TensorProto([1]), "axis")
    return graph.node("Div", votes, graph.node("Unsqueeze", total, column))
  }

  /// Adds the k smallest numbers of each row, ascending, and where they stand.
  private func smallest(
    _ numbers: GraphBuilder.Value, _ graph: inout GraphBuilder
  ) -> (values: GraphBuilder.Value, indices: GraphBuilder.Value) {
    graph.nodeOfTwo(
      "TopK", numbers, graph.constant(TensorProto([neighborCount]), "k"),
      attributes: [.attribute("axis", 1), .attribute("largest", 0)])
  }
}
