/// A graph in the making: nodes in the order of computation, and the constants they use.
///
/// Names are made up where they are needed and never repeat, not even inside a loop.
struct GraphBuilder {
  /// An input, a constant or the result of a node.
  struct Value {
    let name: String
  }

  private var nodes: [ProtobufMessage] = []
  private var constants: [ProtobufMessage] = []
  private var inputs: [ProtobufMessage] = []
  private var outputs: [ProtobufMessage] = []
  private var names: Set<String> = []

  /// Whether a node is of another domain than the default one.
  private(set) var usesTables = false

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
    _ name: String, _ type: TensorProto.DataType, shape: [ProtobufMessage]? = nil
  ) -> Value {
    let value = Value(name: freshName(name))
    inputs.append(.value(value.name, type, shape: shape))
    return value
  }

  /// Makes a result an output; its shape may be left open inside a loop.
  mutating func output(
    _ value: Value, _ type: TensorProto.DataType, shape: [ProtobufMessage]? = nil
  ) {
    outputs.append(.value(value.name, type, shape: shape))
  }

  mutating func constant(_ tensor: TensorProto, _ name: String) -> Value {
    var tensor = tensor
    tensor.name = freshName(name)
    constants.append(tensor.message)
    return Value(name: tensor.name)
  }

  /// Adds a node of one result; `name` is one that `freshName` gave.
  @discardableResult
  mutating func node(
    _ operation: String, _ inputs: Value..., attributes: [ProtobufMessage] = [],
    named name: String? = nil, domain: String = ""
  ) -> Value {
    node(operation, inputs, attributes: attributes, named: name, domain: domain)
  }

  /// Adds a node of one result and any number of inputs; `domain` has its operation, unless it is the default.
  mutating func node(
    _ operation: String, _ inputs: [Value], attributes: [ProtobufMessage] = [],
    named name: String? = nil, domain: String = ""
  ) -> Value {
    let result = Value(name: name ?? freshName(operation))
    append(operation, inputs, attributes, [result], domain: domain)
    return result
  }

  mutating func nodeOfTwo(
    _ operation: String, _ inputs: Value..., attributes: [ProtobufMessage]
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
        .attribute("body", graph: body.finished(freshName("body"))),
        .attribute("num_scan_inputs", sequences.count),
        .attribute("scan_input_axes", sequences.map(\.axis)),
      ], [result])
    return result
  }

  /// The graph so far, a `GraphProto` under a name.
  func finished(_ name: String) -> ProtobufMessage {
    [
      1: .messages(nodes), 2: .text(name), 5: .messages(constants), 11: .messages(inputs),
      12: .messages(outputs),
    ]
  }

  private mutating func append(
    _ operation: String, _ inputs: [Value], _ attributes: [ProtobufMessage], _ outputs: [Value],
    domain: String = ""
  ) {
    if !domain.isEmpty { usesTables = true }
    nodes.append(
      .node(operation, inputs.map(\.name), attributes, outputs.map(\.name), domain: domain))
  }
}
