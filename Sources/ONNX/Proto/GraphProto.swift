/// Nodes in the order of computation, with the constants they use.
struct GraphProto: ProtobufMessage {
  var node: [NodeProto] = []
  var name = ""
  var initializer: [TensorProto] = []
  var input: [ValueInfoProto] = []
  var output: [ValueInfoProto] = []

  func write(to fields: inout ProtobufFields) {
    fields.add(1, node)
    fields.add(2, name)
    fields.add(5, initializer)
    fields.add(11, input)
    fields.add(12, output)
  }
}

/// An operation on values that are known by their names.
struct NodeProto: ProtobufMessage {
  let input: [String]
  let output: [String]
  let opType: String
  let attribute: [AttributeProto]

  func write(to fields: inout ProtobufFields) {
    fields.add(1, input)
    fields.add(2, output)
    fields.add(4, opType)
    fields.add(5, attribute)
  }
}
