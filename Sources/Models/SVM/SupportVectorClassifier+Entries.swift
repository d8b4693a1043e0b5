import Documents

extension SupportVectorClassifier {
  private static let penalty = Parameter("C", "a positive number", default: "1")
  private static let width = Parameter("gamma", Gamma.accepted, default: "scale")
  private static let bound = Parameter("tol", "a positive number", default: "0.001")

  /// The machine with a linear kernel.
  static let linear = ModelEntry(
    "linear-svm", parameters: [penalty, bound], estimator: Estimator("SVC", ["kernel": "linear"])
  ) { parameters throws(SpecificationError) in
    try SupportVectorClassifier(parameters, kernel: .linear)
  }

  /// The machine with an RBF kernel.
  static let rbf = ModelEntry(
    "rbf-svm", parameters: [penalty, width, bound],
    estimator: Estimator("SVC", ["kernel": "rbf"])
  ) { parameters throws(SpecificationError) in
    try SupportVectorClassifier(parameters, kernel: .rbf(gamma: parameters.gamma("gamma")))
  }

  private init(_ parameters: SpecificationParameters, kernel: Kernel) throws(SpecificationError) {
    try self.init(
      c: parameters.number("C"), kernel: kernel, tolerance: parameters.number("tol"))
  }
}
