import Documents

extension NearestNeighbors {
  static let entry = ModelEntry(
    "knn",
    parameters: [.init("n_neighbors", "a whole number from 1 up", default: "5")],
    estimator: Estimator(
      "KNeighborsClassifier", ["weights": "uniform", "metric": "euclidean"])
  ) { parameters throws(SpecificationError) in
    try NearestNeighbors(neighborCount: parameters.count("n_neighbors", in: 1...Int.max))
  }
}
