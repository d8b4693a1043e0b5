import SwiftProtobuf

/// One extent of an input or output: a number, or the name of one that is known only in use.
enum Dimension: ExpressibleByStringLiteral {
  case count(Int)
  case named(String)

  init(stringLiteral name: String) {
    self = .named(name)
  }
}

extension Onnx_ValueInfoProto {
  /// An input or output with its type and, where it is known, its shape.
  init(_ name: String, _ type: Onnx_TensorProto.DataType, _ shape: [Dimension]?) {
    self.init()
    self.name = name
    self.type.tensorType.elemType = type
    guard let shape else { return }
    self.type.tensorType.shape.dim = shape.map { dimension in
      .with {
        switch dimension {
        case .count(let count): $0.dimValue = Int64(count)
        case .named(let name): $0.dimParam = name
        }
      }
    }
  }
}
