import Documents

extension SoftmaxRegression {
  static let entry = ModelEntry(
    "softmax",
    parameters: [
      .init("C", "a positive number", default: "1"),
      .init("tol", "a positive number", default: "1e-08"),
    ], estimator: Estimator("LogisticRegression")
  ) { parameters throws(SpecificationError) in
    try SoftmaxRegression(c: parameters.number("C"), tolerance: parameters.number("tol"))
  }
}
