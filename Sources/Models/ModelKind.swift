/// The models by the names users call them.
public enum ModelKind: String, Sendable, CaseIterable {
  /// Softmax (multinomial logistic) regression.
  case softmax
  /// C-SVC with a linear kernel.
  case linearSVM = "linear-svm"
  /// C-SVC with an RBF kernel.
  case rbfSVM = "rbf-svm"
  /// k nearest neighbours.
  case kNN = "knn"

  /// The model with its parameters chosen.
  ///
  /// - Throws: `ModelsError.invalidParameter` for a value it cannot have.
  public func learner(_ parameters: Hyperparameters) throws(ModelsError) -> any Learner {
    switch self {
    case .softmax:
      try SoftmaxRegression(c: parameters.c, tolerance: parameters.tolerance ?? 1e-8)
    case .linearSVM:
      try SupportVectorClassifier(
        c: parameters.c, kernel: .linear, tolerance: parameters.tolerance ?? 1e-3)
    case .rbfSVM:
      try SupportVectorClassifier(
        c: parameters.c, kernel: .rbf(gamma: parameters.gamma),
        tolerance: parameters.tolerance ?? 1e-3)
    case .kNN:
      try NearestNeighbors(neighborCount: parameters.neighborCount)
    }
  }

  /// The parameters that matter to the model, by scikit-learn's names, as text.
  public func description(of parameters: Hyperparameters) -> [(name: String, value: String)] {
    let c = ("C", plain(parameters.c))
    let tolerance = { (standard: Double) in ("tol", plain(parameters.tolerance ?? standard)) }
    return switch self {
    case .softmax: [c, tolerance(1e-8)]
    case .linearSVM: [c, tolerance(1e-3)]
    case .rbfSVM: [c, ("gamma", parameters.gamma.description), tolerance(1e-3)]
    case .kNN: [("n_neighbors", "\(parameters.neighborCount)")]
    }
  }
}

/// A number as people write it: whole numbers without a point.
func plain(_ value: Double) -> String {
  let text = value.description
  return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
}

/// Parameters of all models, with scikit-learn's names and defaults; each model takes its own.
public struct Hyperparameters: Sendable, Equatable {
  /// `C` of softmax and support vector machines.
  public var c: Double
  /// `gamma` of the RBF kernel.
  public var gamma: Gamma
  /// `n_neighbors` of nearest neighbours.
  public var neighborCount: Int
  /// `tol` of the solvers; nil for 1e-8 (softmax) and 1e-3 (support vector machines).
  public var tolerance: Double?

  /// Chooses parameters.
  public init(
    c: Double = 1, gamma: Gamma = .scale, neighborCount: Int = 5, tolerance: Double? = nil
  ) {
    self.c = c
    self.gamma = gamma
    self.neighborCount = neighborCount
    self.tolerance = tolerance
  }
}
