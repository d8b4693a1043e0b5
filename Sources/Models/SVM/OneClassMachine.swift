package import LinAlg

/// A one-class support vector machine: the smallest region that holds all but a few of the rows.
///
///     minimise  ½‖w‖² + Σᵢ ξᵢ − νn·ρ   subject to  wᵀφ(xᵢ) ≥ ρ − ξᵢ,  ξᵢ ≥ 0
///     dual:     ½αᵀKα,   0 ≤ αᵢ ≤ 1,   Σα = νn
///
/// At most νn rows lie outside, and at least νn are support vectors. Most of those lie on the border,
/// where the decision value f is 0 but for the solver's tolerance t. It stops when
///
///     max { (Kα)ᵢ : αᵢ > 0 } − min { (Kα)ᵢ : αᵢ < 1 } < t
///
/// and ρ lies between the two, so fᵢ < −t only where αᵢ = 1: those rows, νn at most, are outside.
/// This is LIBSVM's one-class SVM, whose α start with ⌊νn⌋ ones and the rest of νn after them.
///
/// Source: Schölkopf et al., "Estimating the support of a high-dimensional distribution", Neural
/// Computation 13 (2001).
package struct OneClassMachine: Sendable {
  private let kernel: KernelFunction
  private let supportVectors: Matrix<Double>
  private let coefficients: [Double]

  /// ρ.
  package let offset: Double

  /// αᵢ of each row.
  package let weights: [Double]

  /// f = Σα k(xᵢ, x) − ρ of each row it was made for: below −`tolerance` outside.
  package let decisionValues: [Double]

  /// How the fit ended; the residual is the violation of the optimality conditions that was allowed.
  package let report: FitReport

  /// t, the violation of the optimality conditions that is allowed unless another is chosen.
  package static let tolerance = 1e-3

  private static let cacheByteBudget = 1_000_000_000

  /// Up to so many rows the whole kernel is kept, 8 MB, and worked on in lanes.
  package static let smallCount = 1_024

  /// Learns the region of n rows (n × d).
  ///
  /// - Parameter smallCount: The most rows that are worked on in lanes, for the same result.
  /// - Precondition: At least one row, and 0 < ν ≤ 1.
  package init(
    _ features: Matrix<Double>, nu: Double, kernel: Kernel = .rbf(gamma: .scale),
    tolerance: Double = Self.tolerance, smallCount: Int = Self.smallCount, threads: Int = 1
  ) {
    let n = features.rows
    precondition(n > 0 && nu > 0 && nu <= 1, "No one-class machine of \(n) rows with ν = \(nu)")
    let function = kernel.resolved(for: features)
    let total = nu * Double(n)
    let whole = Int(total)
    var alpha = (0..<n).map { $0 < whole ? 1.0 : 0 }
    if whole < n { alpha[whole] = total - Double(whole) }
    let end = Self.solve(
      features, function, from: alpha, tolerance: tolerance,
      maxIterations: max(10_000_000, 100 * n),
      isSmall: n <= smallCount, threads: threads)
    let rho = Self.offset(end)
    let support = end.beta.indices.filter { end.beta[$0] > 0 }
    self.kernel = function
    supportVectors = features.selectingRows(support)
    coefficients = support.map { end.beta[$0] }
    weights = end.beta
    offset = rho
    decisionValues = end.slack.map { -$0 - rho }
    var objective = 0.0
    for t in 0..<n { objective -= end.beta[t] * end.slack[t] / 2 }
    report = FitReport(
      outcome: end.hasConverged ? .converged : .iterationLimit, iterations: end.iterations,
      objective: objective, residual: tolerance)
  }

  private static func solve(
    _ features: Matrix<Double>, _ kernel: KernelFunction, from alpha: [Double], tolerance: Double,
    maxIterations: Int, isSmall: Bool, threads: Int
  ) -> BoundedEnd {
    let (lower, upper) = (alpha.map { _ in 0.0 }, alpha.map { _ in 1.0 })
    if isSmall {
      var rows = SmallKernel(kernel, features)
      var solver = LaneBoundedSolver(
        from: alpha, slack: rows.slack(of: alpha), lower: lower, upper: upper)
      let (iterations, hasConverged) = solver.minimize(
        &rows, tolerance: tolerance, maxIterations: maxIterations)
      let (beta, slack) = solver.end
      return BoundedEnd(
        beta: beta, slack: slack, iterations: iterations, hasConverged: hasConverged)
    }
    if case .rbf(let gamma) = kernel,
      let blocks = KernelBlocks(
        features, groups: [Array(alpha.indices)], gamma: gamma, largestFactor: 1,
        threads: threads)
    {
      let table = KernelTable(blocks, byteBudget: cacheByteBudget, workers: 1)
      let form = KernelForm(table, groups: [0])
      var solver = WorkingSetSolver(
        form: form, tolerance: tolerance, maxIterations: maxIterations, threads: threads)
      return solver.minimize(
        from: alpha, slack: form.negatedProducts(of: alpha, threads: threads), lower: lower,
        upper: upper)
    }
    var cache = KernelCache(kernel, points: features, byteBudget: cacheByteBudget)
    var slack = [Double](repeating: 0, count: alpha.count)
    for row in alpha.indices where alpha[row] > 0 {
      let values = cache.row(row)
      for t in slack.indices { slack[t].addProduct(-alpha[row], values[t]) }
    }
    var solver = BoundedSolver(tolerance: tolerance, maxIterations: maxIterations, kernel: cache)
    return solver.minimize(from: alpha, slack: slack, lower: lower, upper: upper)
  }

  /// The mean of Kα over rows strictly inside their bounds, or the middle of what the others allow.
  private static func offset(_ end: BoundedEnd) -> Double {
    var (free, sum) = (0, 0.0)
    var (least, most) = (-Double.infinity, Double.infinity)
    for t in end.beta.indices {
      let value = -end.slack[t]
      // Bounds that a chain of roundings has led past by a hair count as reached.
      if end.beta[t] >= 1 - 1e-12 {
        least = max(least, value)
      } else if end.beta[t] <= 1e-12 {
        most = min(most, value)
      } else {
        free += 1
        sum += value
      }
    }
    guard free == 0 else { return sum / Double(free) }
    return least.isFinite && most.isFinite ? (least + most) / 2 : least.isFinite ? least : most
  }

  /// Σα k(xᵢ, x) − ρ of other rows (m × d).
  ///
  /// - Precondition: The rows have the features it was made with.
  package func decisionValues(_ features: Matrix<Double>, threads: Int = 1) -> [Double] {
    let points = kernel.prepared(supportVectors).transposed()
    let queries = kernel.prepared(features)
    return Parallel.map(features.rows, threads: threads) { row in
      let values = queries.withRow(row) { kernel.evaluate($0, againstColumnsOf: points) }
      return BLAS.dot(values.span, coefficients.span) - offset
    }
  }
}
