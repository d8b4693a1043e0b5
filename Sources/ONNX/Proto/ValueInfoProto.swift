/// An input or output of a graph.
struct ValueInfoProto: ProtobufMessage {
  let name: String
  let type: TypeProto

  func write(to fields: inout ProtobufFields) {
    fields.add(1, name)
    fields.add(2, type)
  }
}

/// The type of a value: a tensor.
struct TypeProto: ProtobufMessage {
  let tensorType: Tensor

  /// The type of its elements and, where it is known, its shape.
  struct Tensor: ProtobufMessage {
    let elemType: TensorProto.DataType
    let shape: TensorShapeProto?

    func write(to fields: inout ProtobufFields) {
      fields.add(1, elemType.rawValue)
      if let shape { fields.add(2, shape) }
    }
  }

  func write(to fields: inout ProtobufFields) {
    fields.add(1, tensorType)
  }
}

/// The extents of a tensor.
struct TensorShapeProto: ProtobufMessage {
  let dim: [Dimension]

  /// One extent: a number, or the name of one that is known only in use.
  enum Dimension: ProtobufMessage, ExpressibleByStringLiteral {
    case value(Int)
    case parameter(String)

    init(stringLiteral name: String) {
      self = .parameter(name)
    }

    func write(to fields: inout ProtobufFields) {
      switch self {
      case .value(let count): fields.add(1, alternative: count)
      case .parameter(let name): fields.add(2, [name])
      }
    }
  }

  func write(to fields: inout ProtobufFields) {
    fields.add(1, dim)
  }
}
