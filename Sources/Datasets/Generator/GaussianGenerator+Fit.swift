import LinAlg

extension GaussianGenerator {
  /// Fits a generator to the classes of `dataset`.
  ///
  /// π_c = n_c/n, μ_c = Σx/n_c and Σ_c = Σ(x − μ_c)(x − μ_c)ᵀ/(n_c − 1) over the n_c rows of
  /// class c; one row gives a zero covariance, and a class without rows a zero mean as well.
  /// The samples are called after the data set, with `-gaussian` behind it.
  ///
  /// - Throws: `DatasetsError.invalidPriors` for a set without rows, `.invalidDistribution` where
  ///   a feature is not finite or its square overflows.
  /// - Complexity: O(n·d² + K·d³).
  public init(fittedTo dataset: Dataset) throws(DatasetsError) {
    let d = dataset.featureCount
    let counts = dataset.classCounts
    var means = Matrix<Double>(rows: dataset.classCount, columns: d)
    for (row, label) in dataset.labels.enumerated() {
      dataset.features.withRow(row) { x in
        means.withMutableRow(label) { mean in
          for j in x.indices { mean[j] += x[j] / Double(counts[label]) }
        }
      }
    }
    var covariances = [Matrix<Double>](
      repeating: Matrix(rows: d, columns: d), count: dataset.classCount)
    for (row, label) in dataset.labels.enumerated() where counts[label] > 1 {
      let deviation = (0..<d).map { dataset.features[row, $0] - means[label, $0] }
      for i in 0..<d {
        covariances[label].withMutableRow(i) { covariance in
          for j in covariance.indices {
            covariance[j] += deviation[i] * deviation[j] / Double(counts[label] - 1)
          }
        }
      }
    }
    try self.init(
      name: dataset.name + "-gaussian", priors: counts.map(Double.init), means: means,
      covariances: covariances, classNames: dataset.classNames,
      featureNames: dataset.featureNames, targetName: dataset.targetName)
  }
}
