import Files

/// The messages of the ONNX format, IR version 8, that the graphs of this module need, with the field
/// numbers of `onnx.proto`.
///
/// Source: ONNX, `onnx/onnx.proto` of version 1.12.
extension ProtobufMessage {
  /// `ModelProto`: the content of a file, whose properties are lists of texts in JSON.
  static func model(
    _ graph: ProtobufMessage, description: String, usesTables: Bool,
    properties: [(key: String, texts: [String])]
  ) -> ProtobufMessage {
    // The versions of the operators of the default domain, and of that of tables.
    let domains: [ProtobufMessage] =
      [[2: .number(17)]]
      + (usesTables ? [[1: .text(GraphBuilder.tableDomain), 2: .number(3)]] : [])
    return [
      1: .number(8), 2: .text("hemlock"), 6: .text(description), 7: .message(graph),
      8: .messages(domains),
      14: .messages(
        properties.map { key, texts in
          let list = texts.map(\.jsonLiteral).joined(separator: ", ")
          return [1: .text(key), 2: .text("[\(list)]")]
        }),
    ]
  }

  /// `NodeProto`: an operation on values that are known by their names.
  static func node(
    _ operation: String, _ inputs: [String], _ attributes: [ProtobufMessage], _ outputs: [String],
    domain: String = ""
  ) -> ProtobufMessage {
    [
      1: .texts(inputs), 2: .texts(outputs), 4: .text(operation), 5: .messages(attributes),
      7: .text(domain),
    ]
  }

  /// `ValueInfoProto`: an input or output of a graph, and its shape where that is known.
  static func value(
    _ name: String, _ type: TensorProto.DataType, shape: [ProtobufMessage]?
  ) -> ProtobufMessage {
    let extents: [ProtobufMessage] = shape.map { [[1: .messages($0)]] } ?? []
    return [
      1: .text(name),
      2: .message([1: .message([1: .number(type.rawValue), 2: .messages(extents)])]),
    ]
  }

  /// `TensorShapeProto.Dimension`: an extent that is known.
  static func extent(_ count: Int) -> ProtobufMessage { [1: .alternative(count)] }

  /// `TensorShapeProto.Dimension`: the name of an extent that is known only in use.
  static func extent(_ name: String) -> ProtobufMessage { [2: .texts([name])] }

  /// `AttributeProto`: a parameter of an operation.
  static func attribute(_ name: String, _ number: Int) -> ProtobufMessage {
    [1: .text(name), 3: .number(number), 20: .number(2)]
  }

  static func attribute(_ name: String, _ numbers: [Int]) -> ProtobufMessage {
    [1: .text(name), 8: .numbers(numbers), 20: .number(7)]
  }

  static func attribute(_ name: String, _ texts: [String]) -> ProtobufMessage {
    [1: .text(name), 9: .texts(texts), 20: .number(8)]
  }

  static func attribute(_ name: String, tensor: TensorProto) -> ProtobufMessage {
    [1: .text(name), 5: .message(tensor.message), 20: .number(4)]
  }

  static func attribute(_ name: String, graph: ProtobufMessage) -> ProtobufMessage {
    [1: .text(name), 6: .message(graph), 20: .number(5)]
  }
}
