public import Documents
package import LinAlg

/// Softmax (multinomial logistic) regression with an L2 penalty.
///
///     minimise  C · Σᵢ wᵢ CE(xᵢ, yᵢ) + ½‖W‖²      (intercepts are not penalised)
///
/// This is scikit-learn's `LogisticRegression(C)`, for two classes too, where W is one vector.
/// Up to `newtonLimit` parameters the solver is Newton's method with the full Hessian; beyond it Newton's method
/// by conjugate gradients or, where a rough end is enough, L-BFGS. All end at ‖gradient‖∞ ≤ `tol` or at the rounding
/// error of the gradient.
public struct SoftmaxRegression: Learner, Equatable {
  /// Inverse strength of the penalty, positive; default 1.
  public let c: Double

  /// Bound on ‖gradient‖∞ at the solution; default 1e-8.
  public let tolerance: Double

  /// Iterations after which the fit reports `iterationLimit`; default 10,000.
  public let maxIterations: Int

  /// Largest number of parameters that Newton's method is used for.
  ///
  /// Building the Hessian takes n·P² and factoring it P³/3 multiplications, against 2·n·P for the
  /// gradient: on digits (P = 650) ten Newton steps cost less than the thousands of L-BFGS steps
  /// that the same accuracy takes.
  package var newtonLimit = 1_000

  /// ‖gradient‖∞ for each row that L-BFGS comes to in tens of passes; finer ends take it thousands where
  /// features are many and alike.
  private static let roughEnd = 1e-6

  static let entry = ModelEntry(
    "softmax",
    parameters: [
      .init("C", "a positive number", default: "1"),
      .init("tol", "a positive number", default: "1e-08"),
    ], estimator: Estimator("LogisticRegression")
  ) { parameters throws(SpecificationError) in
    try SoftmaxRegression(c: parameters.number("C"), tolerance: parameters.number("tol"))
  }

  /// Chooses parameters.
  ///
  /// - Throws: `SpecificationError` for a value that is not positive.
  public init(c: Double = 1, tolerance: Double = 1e-8, maxIterations: Int = 10_000)
    throws(SpecificationError)
  {
    try SpecificationError.checkPositive(c, "C", of: "softmax")
    try SpecificationError.checkPositive(tolerance, "tol", of: "softmax")
    try SpecificationError.checkCount(maxIterations, "max_iter", of: "softmax")
    (self.c, self.tolerance, self.maxIterations) = (c, tolerance, maxIterations)
  }

  /// Learns from a problem; see `Learner`.
  public func fit(_ problem: Problem, threads: Int) -> any Model {
    fitSoftmax(problem, threads: threads)
  }

  /// Learns from a problem, with the concrete type of model.
  ///
  /// A class without a row is left out of the fit and gets probability 0.
  public func fitSoftmax(_ problem: Problem, threads: Int = 1) -> SoftmaxModel {
    fitSoftmax(problem, from: nil, threads: threads)
  }

  /// Learns from a problem, starting from a model of the same classes.
  ///
  /// `targets` (n × K) stand for labels; the part of classes without a row is shared among the others.
  package func fitSoftmax(
    _ whole: Problem, targets: Matrix<Double>? = nil, from warm: SoftmaxModel?, threads: Int = 1
  ) -> SoftmaxModel {
    let problem = whole.withoutAbsentRows()
    let present = problem.presentClasses
    guard present.count >= 2 else {
      return SoftmaxModel(
        constant: present.first ?? 0, classCount: problem.classCount,
        featureCount: problem.featureCount)
    }
    let compact = Problem(
      features: problem.features,
      labels: problem.labels.map { label in present.firstIndex(of: label) ?? 0 },
      weights: problem.weights, classCount: present.count)
    let minimum =
      (warm == nil && targets == nil ? minimumOfMany(compact, threads: threads) : nil)
      ?? minimum(
        of: SoftmaxObjective(
          compact, targets: targets.map { Self.compact($0, of: whole, present) }, c: c,
          threads: threads),
        rowCount: problem.sampleCount, from: warm?.presentClasses == present ? warm : nil)
    let inputs = problem.featureCount + 1
    let fixed = [Double](repeating: 0, count: present.count * inputs - minimum.point.count)
    return SoftmaxModel(
      coefficients: Matrix(
        rows: present.count, columns: inputs, elements: fixed + minimum.point),
      presentClasses: present, classCount: problem.classCount,
      report: FitReport(
        outcome: minimum.hasConverged ? .converged : .iterationLimit,
        iterations: minimum.iterations, objective: minimum.value,
        residual: minimum.gradientNorm))
  }

  private func minimum(
    of objective: SoftmaxObjective, rowCount: Int, from warm: SoftmaxModel?
  ) -> Minimum {
    let start =
      warm.map { Array($0.coefficients.elements.suffix(objective.parameterCount)) }
      ?? [Double](repeating: 0, count: objective.parameterCount)
    if objective.parameterCount <= newtonLimit {
      return NewtonMinimizer(tolerance: tolerance, maxIterations: maxIterations)
        .minimize(objective, from: start)
    }
    let descent = LBFGSMinimizer(tolerance: tolerance, maxIterations: maxIterations)
    guard tolerance < Self.roughEnd * Double(rowCount) else {
      return descent.minimize(objective, from: start)
    }
    let minimum = TruncatedNewtonMinimizer(tolerance: tolerance, maxIterations: maxIterations)
      .minimize(objective, from: start)
    if minimum.hasConverged { return minimum }
    // Products in single precision fail where squares of features are beyond it.
    let last = descent.minimize(objective, from: minimum.point)
    return Minimum(
      point: last.point, value: last.value, gradientNorm: last.gradientNorm,
      iterations: minimum.iterations + last.iterations,
      hasConverged: last.gradientNorm <= objective.gradientGoal(tolerance))
  }

  /// The targets of rows and classes that are there.
  private static func compact(
    _ targets: Matrix<Double>, of problem: Problem, _ present: [Int]
  ) -> Matrix<Double> {
    var elements: [Double] = []
    for row in 0..<problem.sampleCount where problem.weights[row] > 0 {
      let shares = present.map { targets.elements[row * targets.columns + $0] }
      let sum = shares.reduce(0, +)
      elements += sum > 0 ? shares.map { $0 / sum } : shares.map { _ in 1 / Double(shares.count) }
    }
    return Matrix(
      rows: elements.count / present.count, columns: present.count, elements: elements)
  }

  /// The model of coefficients that lanes have found for a problem with a row of each class.
  ///
  /// `coefficients` are Θ, K × (d + 1), as `SoftmaxLanes` gives them.
  package func model(
    _ coefficients: Matrix<Double>, of problem: Problem, iterations: Int
  ) -> SoftmaxModel {
    let objective = SoftmaxObjective(problem.withoutAbsentRows(), c: c, threads: 1)
    let point = Array(coefficients.elements.suffix(objective.parameterCount))
    var gradient = [Double](repeating: 0, count: objective.parameterCount)
    let value = objective.value(at: point, gradient: &gradient)
    return SoftmaxModel(
      coefficients: coefficients, presentClasses: Array(0..<problem.classCount),
      classCount: problem.classCount,
      report: FitReport(
        outcome: .converged, iterations: iterations, objective: value,
        residual: infinityNorm(gradient)))
  }
}
