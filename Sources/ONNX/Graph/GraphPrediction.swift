/// What a model says of N rows, inside a graph.
struct GraphPrediction {
  /// The class of each row.
  enum Label {
    /// The same for all.
    case constant(Int)
    /// Index by index, N of them.
    case values(GraphBuilder.Value)
  }

  /// The scores of one class.
  enum Score {
    /// The same for all rows.
    case constant(Double)
    /// One column of a matrix of N rows.
    case column(Int, of: GraphBuilder.Value)
  }

  let label: Label

  /// One for each class.
  let scores: [Score]

  /// Makes outputs of it: the label, the name of the class, and the scores.
  func write(
    _ outputs: [ONNXModel.Output], classNames: [String], rowsOf x: GraphBuilder.Value,
    _ graph: inout GraphBuilder
  ) {
    let label = write(outputs[0].name, rowsOf: x, &graph)
    graph.output(label, .int64, shape: [.extent("N")])
    let names = graph.constant(TensorProto(classNames), "class_names")
    graph.output(
      graph.node("Gather", names, label, named: outputs[1].name), .string, shape: [.extent("N")])
    for (output, score) in zip(outputs.dropFirst(2), scores) {
      graph.output(write(score, output.name, rowsOf: x, &graph), .double, shape: [.extent("N")])
    }
  }

  private func write(
    _ name: String, rowsOf x: GraphBuilder.Value, _ graph: inout GraphBuilder
  ) -> GraphBuilder.Value {
    switch label {
    case .constant(let label):
      graph.filled(TensorProto([label]), rowsOf: x, named: name)
    case .values(let labels): graph.node("Identity", labels, named: name)
    }
  }

  private func write(
    _ score: Score, _ name: String, rowsOf x: GraphBuilder.Value, _ graph: inout GraphBuilder
  ) -> GraphBuilder.Value {
    switch score {
    case .constant(let score):
      graph.filled(TensorProto([score]), rowsOf: x, named: name)
    case .column(let column, let scores):
      graph.node(
        "Gather", scores, graph.constant(TensorProto(scalar: column), "column"),
        attributes: [.attribute("axis", 1)], named: name)
    }
  }
}

extension GraphBuilder {
  /// For each row the index of its largest number, the smallest such index when several tie.
  mutating func firstMaximum(_ values: Value) -> Value {
    node(
      "ArgMax", values,
      attributes: [.attribute("axis", 1), .attribute("keepdims", 0)])
  }

  /// The classes at some positions among those present.
  mutating func classes(_ presentClasses: [Int], at positions: Value) -> Value {
    node("Gather", constant(TensorProto(presentClasses), "present_classes"), positions)
  }
}
