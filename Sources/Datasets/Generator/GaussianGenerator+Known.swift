import LinAlg

extension GaussianGenerator {
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
