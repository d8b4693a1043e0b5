/// A graph in the making: nodes in the order of computation, and the constants they use.
///
/// Names are made up where they are needed and never repeat, not even inside a loop.
struct GraphBuilder {
  /// An input, a constant or the result of a node.
  struct Value {
    let name: String
  }

  private var graph = GraphProto()
  private var names: Set<String> = []

  /// A name that nothing has yet: the one asked for, or that with a number.
  mutating func freshName(_ name: String) -> String {
    var fresh = name
    var number = 1
    while !names.insert(fresh).inserted {
      number += 1
      fresh = "\(name)_\(number)"
    }
    return fresh
  }

  /// Adds an input; its shape may be left open inside a loop.
  mutating func input(
    _ name: String, _ type: TensorProto.DataType, shape: [TensorShapeProto.Dimension]? = nil
  ) -> Value {
    let value = Value(name: freshName(name))
    graph.input.append(Self.info(value, type, shape))
    return value
  }

  /// Makes a result an output; its shape may be left open inside a loop.
  mutating func output(
    _ value: Value, _ type: TensorProto.DataType, shape: [TensorShapeProto.Dimension]? = nil
  ) {
    graph.output.append(Self.info(value, type, shape))
  }

  /// Adds a constant.
  mutating func constant(_ tensor: TensorProto, _ name: String) -> Value {
    var tensor = tensor
    tensor.name = freshName(name)
    graph.initializer.append(tensor)
    return Value(name: tensor.name)
  }

  /// Adds a node of one result; `name` is one that `freshName` gave.
  @discardableResult
  mutating func node(
    _ operation: String, _ inputs: Value..., attributes: [AttributeProto] = [],
    named name: String? = nil
  ) -> Value {
    let result = Value(name: name ?? freshName(operation))
    append(operation, inputs, attributes, [result])
    return result
  }

  /// Adds a node of two results.
  mutating func nodeOfTwo(
    _ operation: String, _ inputs: Value..., attributes: [AttributeProto]
  ) -> (Value, Value) {
    let first = Value(name: freshName(operation))
    let second = Value(name: freshName(operation))
    append(operation, inputs, attributes, [first, second])
    return (first, second)
  }

  /// Adds a loop over slices of some values, each along an axis, and returns the last total.
  ///
  /// The step computes the next total of the last one and one slice of each value.
  mutating func fold(
    from initial: Value, over sequences: [(values: Value, axis: Int)],
    _ step: (inout GraphBuilder, _ total: Value, _ slices: [Value]) -> Value
  ) -> Value {
    var body = GraphBuilder()
    body.names = names
    let total = body.input("total", .double)
    let slices = sequences.map { _ in body.input("slice", .double) }
    body.output(step(&body, total, slices), .double)
    names = body.names
    let result = Value(name: freshName("Scan"))
    append(
      "Scan", [initial] + sequences.map(\.values),
      [
        AttributeProto("body", .graph(body.finished(freshName("body")))),
        AttributeProto("num_scan_inputs", .int(sequences.count)),
        AttributeProto("scan_input_axes", .ints(sequences.map(\.axis))),
      ], [result])
    return result
  }

  /// The graph so far, under a name.
  func finished(_ name: String) -> GraphProto {
    var graph = graph
    graph.name = name
    return graph
  }

  private static func info(
    _ value: Value, _ type: TensorProto.DataType, _ shape: [TensorShapeProto.Dimension]?
  ) -> ValueInfoProto {
    ValueInfoProto(
      name: value.name,
      type: TypeProto(
        tensorType: TypeProto.Tensor(
          elemType: type, shape: shape.map(TensorShapeProto.init(dim:)))))
  }

  private mutating func append(
    _ operation: String, _ inputs: [Value], _ attributes: [AttributeProto],
    _ outputs: [Value]
  ) {
    graph.node.append(
      NodeProto(
        input: inputs.map(\.name), output: outputs.map(\.name), opType: operation,
        attribute: attributes))
  }
}
