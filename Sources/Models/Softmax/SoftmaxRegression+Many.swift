import LinAlg

/// Fits of many rows, of which a few say nearly all.
///
/// The minimum of one row of sixteen is near that of all, and so is its curvature: from there, L-BFGS with the
/// sample's Hessian to begin with gains about one digit with each pass over the table. The Hessian of all rows,
/// which takes as long as P/4 passes, is never formed.
extension SoftmaxRegression {
  private static let sampledShare = 16

  /// Passes after which the sample is taken to have misled: rows that weigh much may be outside it.
  private static let passLimit = 100

  /// The minimum; nil for a problem of few rows, and where the sample does not lead there.
  func minimumOfMany(_ problem: Problem, threads: Int) -> Minimum? {
    guard let few = sample(of: problem) else { return nil }
    // The two minima are farther apart than that.
    let rough = max(tolerance, 1e-5 * Double(problem.sampleCount))
    let objective = SoftmaxObjective(few, c: c, threads: threads)
    var start = [Double](repeating: 0, count: objective.parameterCount)
    start =
      (minimumOfMany(few, threads: threads)
      ?? NewtonMinimizer(tolerance: rough, maxIterations: maxIterations)
      .minimize(objective, from: start)).point
    var hessian = Matrix<Double>(rows: start.count, columns: start.count)
    var gradient = start
    _ = objective.value(at: start, gradient: &gradient, hessian: &hessian)
    guard let curvature = try? CholeskyFactor(hessian) else { return nil }
    let columns = SoftmaxColumns(problem, c: c, threads: threads)
    let minimum = LBFGSMinimizer(
      tolerance: tolerance, maxIterations: min(maxIterations, Self.passLimit),
      curvature: curvature
    ).minimize(columns, from: start)
    return minimum.gradientNorm <= columns.gradientGoal(tolerance) ? minimum : nil
  }

  /// One of sixteen rows in turn with sixteen times its weight, whatever the order of the table; nil where that is too few, or lacks a class.
  private func sample(of problem: Problem) -> Problem? {
    let parameters = problem.classCount * (problem.featureCount + 1)
    var stream = RandomStream(purpose: .fitSample, seed: 0)
    let rows = stride(from: 0, to: problem.sampleCount, by: Self.sampledShare).map { first in
      first + stream.integer(below: min(Self.sampledShare, problem.sampleCount - first))
    }
    guard parameters <= newtonLimit, rows.count >= 1_000, rows.count >= 10 * parameters
    else { return nil }
    let few = problem.selectingRows(rows)
    guard few.presentClasses.count == problem.classCount else { return nil }
    return Problem(
      features: few.features, labels: few.labels,
      weights: few.weights.map { $0 * Double(Self.sampledShare) }, classCount: few.classCount)
  }
}
