import LinAlg

/// Sums whose order, and so whose bits, are those of the models.
extension GraphBuilder {
  /// The squared distances of the rows of x, N × d, to M points, as N × M.
  ///
  ///     Σⱼ (x[·, j] − points[j, ·])²
  ///
  /// Shapes: points d × M, one *column* each. One feature after another, each square rounded before
  /// it is added: the bits of `Lanes.squaredDistances`.
  mutating func squaredDistances(from x: Value, toColumnsOf points: Matrix<Double>) -> Value {
    let zero = filled(TensorProto([0.0]), rowsOf: x, columns: points.columns)
    let columns = constant(TensorProto(points), "points")
    return fold(from: zero, over: [(x, axis: 1), (columns, axis: 0)]) { loop, total, feature in
      let last = loop.constant(TensorProto([1]), "axis")
      let difference = loop.node("Sub", loop.node("Unsqueeze", feature[0], last), feature[1])
      return loop.node("Add", total, loop.node("Mul", difference, difference))
    }
  }

  /// The sum along axis 1, from 0 on, in order.
  mutating func sum(_ values: Value, from zero: Value) -> Value {
    fold(from: zero, over: [(values, axis: 1)]) { loop, total, term in
      loop.node("Add", total, term[0])
    }
  }

  /// A number N × columns times, or N times, for the N rows of x.
  mutating func filled(
    _ number: TensorProto, rowsOf x: Value, columns: Int? = nil, named name: String? = nil
  ) -> Value {
    var shape = node(
      "Shape", x,
      attributes: [.attribute("start", 0), .attribute("end", 1)])
    if let columns {
      shape = node(
        "Concat", shape, constant(TensorProto([columns]), "columns"),
        attributes: [.attribute("axis", 0)])
    }
    return node(
      "ConstantOfShape", shape, attributes: [.attribute("value", tensor: number)], named: name)
  }
}
