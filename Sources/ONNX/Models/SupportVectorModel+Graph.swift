import Foundation
import LinAlg
import Models

extension SupportVectorModel: GraphModel {
  static let scoreName = "score"

  static let meaning =
    "label: the class with most votes of one against one, the smaller one where votes tie, and "
    + "the one with the largest score. Scores: with two classes the decision value; else votes "
    + "plus a share of a vote that orders classes with equal votes"

  var featureCount: Int { supportVectors.columns }

  /// Adds kernel values, decision values, votes and scores.
  func predict(_ x: GraphBuilder.Value, _ graph: inout GraphBuilder) -> GraphPrediction {
    guard !machines.isEmpty else { return constantPrediction }
    let decisions = decisionValues(x, &graph)
    let votes = votes(decisions, &graph)
    let confidences = graph.node("MatMul", decisions, table(positive: 1, negative: -1, &graph))
    let winner = graph.firstMaximum(votes)
    let isWinner = graph.node(
      "Equal",
      graph.node("Unsqueeze", winner, graph.constant(TensorProto([1]), "axis")),
      graph.constant(TensorProto(Array(presentClasses.indices)), "positions"))
    let scores =
      classCount == 2
      ? graph.node(
        "Add", confidences,
        graph.node(
          "Where", isWinner,
          graph.constant(TensorProto(scalar: Double.leastNormalMagnitude), "least"),
          graph.constant(TensorProto(scalar: 0.0), "nothing")))
      : graph.node(
        "Add", votes, raised(squeezed(confidences, &graph), votes, isWinner, &graph))
    return GraphPrediction(
      label: .values(graph.classes(presentClasses, at: winner)),
      scores: (0..<classCount).map { label in
        presentClasses.firstIndex(of: label).map { .column($0, of: scores) } ?? .constant(-1)
      })
  }

  /// The one class there is, with no votes; an absent class scores −1.
  private var constantPrediction: GraphPrediction {
    GraphPrediction(
      label: .constant(presentClasses.first ?? 0),
      scores: (0..<classCount).map { .constant(presentClasses.contains($0) ? 0 : -1) })
  }

  /// Adds f(x) = Σ coefficients · k(support vectors, x) + intercept of each machine, N × machines.
  private func decisionValues(
    _ x: GraphBuilder.Value, _ graph: inout GraphBuilder
  ) -> GraphBuilder.Value {
    let coefficients = Matrix(
      rows: machines.count, columns: supportVectors.rows,
      elements: machines.flatMap(\.coefficients)
    ).transposed()
    return graph.node(
      "Add",
      graph.node(
        "MatMul", kernelValues(x, &graph),
        graph.constant(TensorProto(coefficients), "coefficients")),
      graph.constant(TensorProto(machines.map(\.intercept)), "intercepts"))
  }

  /// Adds k(x, z) for the support vectors z, N × s.
  ///
  ///     exp(−γ‖x − z‖²) = exp(−ln 2 · ‖f·x − f·z‖²),   f = √(γ·log₂ e)
  ///
  /// The features are multiplied first, as in the model, so that squares overflow no sooner.
  private func kernelValues(
    _ x: GraphBuilder.Value, _ graph: inout GraphBuilder
  ) -> GraphBuilder.Value {
    let points = kernel.prepared(supportVectors).transposed()
    switch kernel {
    case .linear:
      return graph.node("MatMul", x, graph.constant(TensorProto(points), "points"))
    case .rbf:
      let factor = graph.constant(TensorProto(scalar: kernel.featureFactor), "factor")
      let distances = graph.squaredDistances(
        from: graph.node("Mul", x, factor), toColumnsOf: points)
      let rate = graph.constant(TensorProto(scalar: -log(2.0)), "minus_ln_2")
      return graph.node("Exp", graph.node("Mul", distances, rate))
    }
  }

  /// Adds the votes of each present class: f > 0 is one for the positive class of a machine, any
  /// other f one for the negative class.
  private func votes(
    _ decisions: GraphBuilder.Value, _ graph: inout GraphBuilder
  ) -> GraphBuilder.Value {
    let zero = graph.constant(TensorProto(scalar: 0.0), "zero")
    let one = graph.constant(TensorProto(scalar: 1.0), "one")
    let isPositive = graph.node(
      "Cast", graph.node("Greater", decisions, zero),
      attributes: [.attribute("to", TensorProto.DataType.double.rawValue)])
    let isNegative = graph.node("Sub", one, isPositive)
    return graph.node(
      "Add",
      graph.node("MatMul", isPositive, table(positive: 1, negative: 0, &graph)),
      graph.node("MatMul", isNegative, table(positive: 0, negative: 1, &graph)))
  }

  /// Adds c / (3(|c| + 1)), in (−⅓, ⅓).
  private func squeezed(
    _ confidences: GraphBuilder.Value, _ graph: inout GraphBuilder
  ) -> GraphBuilder.Value {
    let one = graph.constant(TensorProto(scalar: 1.0), "one")
    let three = graph.constant(TensorProto(scalar: 3.0), "three")
    let bound = graph.node("Mul", three, graph.node("Add", graph.node("Abs", confidences), one))
    return graph.node("Div", confidences, bound)
  }

  /// Adds max(t, (r + ½)/2) for the class that wins, with the largest t of the others that have as many
  /// votes, r, and t for all others.
  private func raised(
    _ shares: GraphBuilder.Value, _ votes: GraphBuilder.Value, _ isWinner: GraphBuilder.Value,
    _ graph: inout GraphBuilder
  ) -> GraphBuilder.Value {
    func largest(_ values: GraphBuilder.Value) -> GraphBuilder.Value {
      graph.node(
        "ReduceMax", values, attributes: [.attribute("axes", [1]), .attribute("keepdims", 1)])
    }
    let isRival = graph.node(
      "And", graph.node("Equal", votes, largest(votes)), graph.node("Not", isWinner))
    // Without a rival: so small that t is larger.
    let none = graph.constant(TensorProto(scalar: -3.0), "none")
    let rival = largest(graph.node("Where", isRival, shares, none))
    let half = graph.constant(TensorProto(scalar: 0.5), "half")
    let middle = graph.node("Mul", graph.node("Add", rival, half), half)
    return graph.node("Where", isWinner, graph.node("Max", shares, middle), shares)
  }

  /// A constant, machines × present classes, with a number for the two classes of each machine.
  private func table(
    positive: Double, negative: Double, _ graph: inout GraphBuilder
  ) -> GraphBuilder.Value {
    let table = machines.flatMap { machine in
      presentClasses.map { label in
        label == machine.positive ? positive : label == machine.negative ? negative : 0
      }
    }
    return graph.constant(
      TensorProto(
        Matrix(rows: machines.count, columns: presentClasses.count, elements: table)), "table")
  }
}
