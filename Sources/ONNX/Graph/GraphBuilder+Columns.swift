import LinAlg

extension GraphBuilder {
  /// The domain of the operators for tables, which are no part of the default one.
  static let tableDomain = "ai.onnx.ml"

  /// Adds an input for each column, N values or N × 1 where it is the only one, and puts the features that they become together, N × d.
  ///
  /// - Returns: The features, and the inputs as they are called.
  mutating func features(
    of columns: [ONNXColumn]
  ) -> (features: Value, inputs: [ONNXModel.Output]) {
    var inputs: [ONNXModel.Output] = []
    let parts = columns.map { column in
      let isText = column.kind != .numbers
      // MLflow gives a data frame of one column as a matrix, of several as vectors.
      let isAlone = columns.count == 1
      let values = input(
        column.name, isText ? .string : .double,
        shape: [.extent("N")] + (isAlone ? [.extent(1)] : []))
      inputs.append(ONNXModel.Output(name: values.name, type: isText ? .string : .double))
      let vector =
        isAlone ? node("Squeeze", values, constant(TensorProto([1]), "axes")) : values
      return features(of: column, vector)
    }
    return (joined(parts), inputs)
  }

  /// The features of a column, N × its number of them.
  private mutating func features(of column: ONNXColumn, _ values: Value) -> Value {
    let features: Value
    switch column.kind {
    case .numbers:
      features = node("Unsqueeze", values, constant(TensorProto([1]), "axes"))
    case .texts(let texts, let table):
      let rows = node(
        "LabelEncoder", values,
        attributes: [
          .attribute("keys_strings", texts),
          .attribute("values_int64s", Array(texts.indices)),
          .attribute("default_int64", texts.count),
        ], domain: Self.tableDomain)
      let matrix = Matrix(
        rows: table.count, columns: table[0].count, elements: table.flatMap(\.self))
      features = node("Gather", constant(TensorProto(matrix), "texts"), rows)
    }
    guard let filling = column.filling else { return features }
    let isMissing = node("IsNaN", features)
    let filled = node(
      "Where", isMissing, constant(TensorProto(scalar: filling), "filling"), features)
    guard column.isIndicated else { return filled }
    let indicator = node(
      "Cast", isMissing, attributes: [.attribute("to", TensorProto.DataType.double.rawValue)])
    return joined([filled, indicator])
  }

  private mutating func joined(_ parts: [Value]) -> Value {
    parts.count == 1 ? parts[0] : node("Concat", parts, attributes: [.attribute("axis", 1)])
  }
}
