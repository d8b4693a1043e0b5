extension Onnx_AttributeProto {
  init(_ name: String, _ integer: Int) {
    self.init()
    self.name = name
    type = .int
    i = Int64(integer)
  }

  init(_ name: String, _ integers: [Int]) {
    self.init()
    self.name = name
    type = .ints
    ints = integers.map(Int64.init)
  }

  init(_ name: String, _ tensor: Onnx_TensorProto) {
    self.init()
    self.name = name
    type = .tensor
    t = tensor
  }

  init(_ name: String, _ graph: Onnx_GraphProto) {
    self.init()
    self.name = name
    type = .graph
    g = graph
  }
}
