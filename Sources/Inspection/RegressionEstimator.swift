import Defenses
import Documents
import LinAlg
import Models

/// Softmax regression on some features, in cross-validation.
struct RegressionEstimator: ClassEstimator {
  let name: String

  private let problem: Problem
  private let validation: CrossValidation
  private let regression: SoftmaxRegression
  private var warm: SoftmaxModel?

  /// Rows beyond which a fold learns from a part of the others.
  static let learningLimit = 20_000

  /// An estimator on features (n × d) with the labels of the rows.
  init(
    _ name: String, _ problem: Problem, _ validation: CrossValidation,
    _ regression: SoftmaxRegression
  ) {
    (self.name, self.problem, self.validation) = (name, problem, validation)
    self.regression = regression
  }

  /// The regression for n rows.
  ///
  /// Fits end early, at ‖gradient‖∞ ≤ 10⁻⁵·n: probabilities change no more by what is left.
  /// - Throws: `SpecificationError` for a C that is not positive.
  static func regression(c: Double, rowCount: Int) throws(SpecificationError) -> SoftmaxRegression {
    let tolerance = 1e-5 * Double(max(min(rowCount, learningLimit), 1))
    var regression = try SoftmaxRegression(c: c, tolerance: tolerance, maxIterations: 300)
    regression.newtonLimit = 200
    return regression
  }

  mutating func probabilities(by targets: Matrix<Double>, threads: Int) -> Matrix<Double> {
    let (problem, regression) = (problem, regression)
    let fit = { @Sendable (rows: [Int], warm: SoftmaxModel?, threads: Int) in
      let rows = Self.part(of: rows)
      return regression.fitSoftmax(
        problem.selectingRows(rows), targets: targets.selectingRows(rows), from: warm,
        threads: threads)
    }
    let start = fit(Array(0..<problem.sampleCount), warm, threads)
    warm = start
    return validation.scores(classCount: problem.classCount, threads: threads) { others, rows in
      fit(others, start, 1).predict(problem.features.selectingRows(rows), threads: 1)
        .scores.elements
    }
  }

  /// As many rows as a fold learns from, evenly spread.
  private static func part(of rows: [Int]) -> [Int] {
    guard rows.count > learningLimit else { return rows }
    return (0..<learningLimit).map { rows[$0 * rows.count / learningLimit] }
  }
}
