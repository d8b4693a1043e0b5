/// A parameter of an operation.
struct AttributeProto: ProtobufMessage {
  /// What it is.
  enum Value {
    case int(Int)
    case tensor(TensorProto)
    case graph(GraphProto)
    case ints([Int])
  }

  let name: String
  let value: Value

  init(_ name: String, _ value: Value) {
    self.name = name
    self.value = value
  }

  func write(to fields: inout ProtobufFields) {
    fields.add(1, name)
    let type: Int
    switch value {
    case .int(let number):
      fields.add(3, number)
      type = 2
    case .tensor(let tensor):
      fields.add(5, tensor)
      type = 4
    case .graph(let graph):
      fields.add(6, graph)
      type = 5
    case .ints(let numbers):
      fields.add(8, numbers)
      type = 7
    }
    fields.add(20, type)
  }
}
