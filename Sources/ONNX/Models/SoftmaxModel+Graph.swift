import LinAlg
import Models

extension SoftmaxModel: GraphModel {
  static let scoreName = "probability"

  static let meaning = "label: the class with the largest probability"

  var featureCount: Int { coefficients.columns - 1 }

  /// Adds z = Wx + b, softmax(z) and the class of the largest z.
  func predict(_ x: GraphBuilder.Value, _ graph: inout GraphBuilder) -> GraphPrediction {
    let theta = coefficients.transposed()
    let d = featureCount
    let weights = graph.constant(
      TensorProto(theta.selectingRows(Array(0..<d))), "weights")
    let intercepts = graph.constant(
      TensorProto(theta.selectingRows([d]).elements), "intercepts")
    let logits = graph.node("Gemm", x, weights, intercepts)
    let probabilities = graph.node(
      "Softmax", logits, attributes: [.attribute("axis", 1)])
    return GraphPrediction(
      label: .values(graph.classes(presentClasses, at: graph.firstMaximum(logits))),
      scores: (0..<classCount).map { label in
        presentClasses.firstIndex(of: label).map { .column($0, of: probabilities) }
          ?? .constant(0)
      })
  }
}
