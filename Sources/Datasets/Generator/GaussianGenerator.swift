public import LinAlg

/// A source of labelled samples whose features are normal within each class.
///
/// Row i has the class c that lags furthest behind its prior, and features μ_c + A_c·z with
/// A_c = Σ_c^{1/2} symmetric and z standard normal.
public struct GaussianGenerator: DataGenerator {
  /// The K probabilities of the classes, with sum 1.
  public let priors: [Double]

  /// The means μ, K × d, one class a row.
  public let means: Matrix<Double>

  /// The K covariances Σ, each d × d.
  public let covariances: [Matrix<Double>]

  /// The names of features, classes and target.
  public let space: Dataset

  /// The symmetric square roots A of the covariances.
  private let roots: [Matrix<Double>]

  /// Makes a generator of known distributions.
  ///
  /// `priors` may have any positive sum and are divided by it. Only the lower triangles of the
  /// covariances enter; an eigenvalue below d·ε times the greatest counts as zero, being within
  /// the error of the decomposition, so the samples of a singular covariance stay in its range.
  ///
  /// - Precondition: There is a prior and a covariance for each of the K rows of `means`, and
  ///   every covariance is d × d.
  /// - Throws: `DatasetsError.invalidPriors` if they are negative, not finite or all zero;
  ///   `.invalidDistribution` for a mean or covariance that is not finite; and what a data set of
  ///   these names throws: `.noFeatures`, `.tooFewClasses`, `.countMismatch`, `.repeatedName`.
  /// - Complexity: O(K·d³).
  public init(
    name: String, priors: [Double], means: Matrix<Double>, covariances: [Matrix<Double>],
    classNames: [String], featureNames: [String], targetName: String
  ) throws(DatasetsError) {
    let d = means.columns
    precondition(
      priors.count == means.rows && covariances.count == means.rows,
      "\(priors.count) priors and \(covariances.count) covariances for \(means.rows) means")
    for covariance in covariances {
      precondition(
        covariance.rows == d && covariance.columns == d,
        "A \(covariance.rows) × \(covariance.columns) covariance of \(d) features")
    }
    guard classNames.count == priors.count else {
      throw .countMismatch(
        noun: "class names", count: classNames.count, counterpart: "priors",
        expected: priors.count)
    }
    // What the samples could not have, no generator may have.
    space = try Dataset(
      name: name, features: Matrix(rows: 0, columns: d), labels: [], classNames: classNames,
      featureNames: featureNames, targetName: targetName)
    let total = priors.reduce(0, +)
    guard priors.allSatisfy({ $0 >= 0 }), total > 0, total.isFinite else {
      throw .invalidPriors(priors)
    }
    var roots: [Matrix<Double>] = []
    for c in priors.indices {
      let isFinite =
        covariances[c].elements.allSatisfy(\.isFinite)
        && (0..<d).allSatisfy { means[c, $0].isFinite }
      guard isFinite, let root = Self.squareRoot(of: covariances[c]) else {
        throw .invalidDistribution(className: classNames[c])
      }
      roots.append(root)
    }
    self.priors = priors.map { $0 / total }
    (self.means, self.covariances, self.roots) = (means, covariances, roots)
  }

  /// A = V·diag(√max(λ, 0))·Vᵀ, or nil if the eigenvalues do not converge.
  private static func squareRoot(of covariance: Matrix<Double>) -> Matrix<Double>? {
    guard let eigen = try? SymmetricEigen(covariance), let greatest = eigen.values.last else {
      return nil
    }
    let d = covariance.rows
    let negligible = Double(d) * .ulpOfOne * greatest
    var root = Matrix<Double>(rows: d, columns: d)
    for k in 0..<d where eigen.values[k] > max(negligible, 0) {
      let deviation = eigen.values[k].squareRoot()
      for row in 0..<d {
        let left = deviation * eigen.vectors[row, k]
        root.withMutableRow(row) { values in
          for column in values.indices { values[column] += left * eigen.vectors[column, k] }
        }
      }
    }
    return root
  }

  /// Adds μ + A·z for d normal numbers z.
  ///
  /// - Complexity: O(d²).
  public func appendRow(
    ofClass label: Int, _ stream: inout RandomStream, to elements: inout [Double]
  ) {
    let start = elements.count
    let d = means.columns
    for _ in 0..<d { elements.append(stream.normal()) }
    let normals = Array(elements[start...])
    for column in 0..<d { elements[start + column] = feature(column, ofClass: label, normals) }
  }

  /// The densities of the classes; nil where a covariance is singular.
  public var densities: (any ClassDensities)? {
    NormalDensities(means: means, covariances: covariances)
  }

  /// μ + Σ_k A_k·z_k for one feature.
  private func feature(_ column: Int, ofClass label: Int, _ normals: [Double]) -> Double {
    roots[label].withRow(column) { weights in
      var value = 0.0
      for k in normals.indices { value += weights[k] * normals[k] }
      return means[label, column] + value
    }
  }
}

// MARK: - Fitted and known distributions

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

  /// Breiman's two normal classes of unit covariance around ±(a, …, a), a = 2/√d.
  ///
  /// They are 4 deviations apart: no classifier is wrong in less than Φ(−2) = 2.275 %.
  /// - Precondition: `featureCount > 0`.
  ///
  /// Source: Breiman, "Bias, variance, and arcing classifiers", technical report 460, Statistics
  /// Department, University of California at Berkeley (1996).
  public static func twonorm(featureCount d: Int = 20) -> GaussianGenerator {
    let a = 2 / Double(d).squareRoot()
    return pair("twonorm", d, centres: (a, -a), variances: (1, 1))
  }

  /// Breiman's normal class of covariance 4 around 0, and one of covariance 1 around (a, …, a),
  /// a = 2/√d.
  ///
  /// - Precondition: `featureCount > 0`.
  ///
  /// Source: as for `twonorm`, with the centre of the data that later studies use.
  public static func ringnorm(featureCount d: Int = 20) -> GaussianGenerator {
    pair("ringnorm", d, centres: (0, 2 / Double(d).squareRoot()), variances: (4, 1))
  }

  private static func pair(
    _ name: String, _ d: Int, centres: (Double, Double), variances: (Double, Double)
  ) -> GaussianGenerator {
    precondition(d > 0, "No \(name) of \(d) features")
    func covariance(_ variance: Double) -> Matrix<Double> {
      var matrix = Matrix<Double>(rows: d, columns: d)
      for j in 0..<d { matrix[j, j] = variance }
      return matrix
    }
    let means = [centres.0, centres.1].flatMap { Array(repeating: $0, count: d) }
    do {
      return try GaussianGenerator(
        name: name, priors: [1, 1], means: Matrix(rows: 2, columns: d, elements: means),
        covariances: [covariance(variances.0), covariance(variances.1)], classNames: ["1", "2"],
        featureNames: (1...d).map { "x\($0)" }, targetName: "class")
    } catch {
      preconditionFailure("Two normal classes are a generator: \(error)")
    }
  }
}
