public import Documents
import LinAlg

/// A support vector machine for classification: C-SVC, one against one.
///
///     minimise  ½‖w‖² + Σᵢ Cwᵢ max(0, 1 − yᵢ(wᵀφ(xᵢ) + b))        for each pair of classes
///
/// Other losses of the margin than this hinge are in `MarginLoss`.
///
/// This is scikit-learn's `SVC` and LIBSVM's C-SVC: in the pair (a, b), a < b, class a is y = +1;
/// a decision value > 0 is a vote for a; the class with most votes wins, the smaller one on a tie.
public struct SupportVectorClassifier: Learner, Equatable {
  /// The penalty C of a row of weight 1, positive; default 1.
  public let c: Double

  /// The kernel; default RBF with gamma = scale.
  public let kernel: Kernel

  /// Bound on the violation of the optimality conditions at the solution; default 1e-3.
  public let tolerance: Double

  /// Iterations per pair of classes before the fit reports `iterationLimit`; default 10⁷.
  ///
  /// At least 100 per row are allowed, as in LIBSVM.
  public let maxIterations: Int

  /// Bytes for the kernel values of a fit, default 1 GB.
  ///
  /// Of small problems they are for each pair in work.
  package var cacheByteBudget = 1_000_000_000

  /// Rows up to which a problem is solved two rows at a time; for tests.
  package var smallRowLimit = 2_000

  /// What margins cost; default the hinge.
  public let margin: MarginLoss

  private static let penalty = Parameter("C", "a positive number", default: "1")
  private static let width = Parameter("gamma", Gamma.accepted, default: "scale")
  private static let bound = Parameter("tol", "a positive number", default: "0.001")
  private static let memory = Parameter(
    "cache_size", "a positive number", default: "1000", isListed: false)

  static let linear = ModelEntry(
    "linear-svm", parameters: [penalty, bound, memory],
    estimator: Estimator("SVC", ["kernel": "linear"])
  ) { parameters throws(SpecificationError) in
    try SupportVectorClassifier(parameters, kernel: .linear)
  }

  static let rbf = ModelEntry(
    "rbf-svm", parameters: [penalty, width, bound, memory],
    estimator: Estimator("SVC", ["kernel": "rbf"])
  ) { parameters throws(SpecificationError) in
    try SupportVectorClassifier(parameters, kernel: .rbf(gamma: parameters.gamma("gamma")))
  }

  /// Chooses parameters.
  ///
  /// - Throws: `SpecificationError` for a value that is not positive, or an s that is not
  ///   negative.
  public init(
    c: Double = 1, kernel: Kernel = .rbf(gamma: .scale), margin: MarginLoss = .hinge,
    tolerance: Double = 1e-3, maxIterations: Int = 10_000_000
  ) throws(SpecificationError) {
    let name = kernel == .linear ? "linear-svm" : "rbf-svm"
    switch margin {
    case .hinge: break
    case .huberized(let h): try SpecificationError.checkPositive(h, "h", of: name)
    case .ramp(let s):
      guard s < 0, s.isFinite else {
        throw SpecificationError("s", of: name, value: "\(s)", accepted: "a negative number")
      }
    }
    self.margin = margin
    try SpecificationError.checkPositive(c, "C", of: name)
    try SpecificationError.checkPositive(tolerance, "tol", of: name)
    try SpecificationError.checkCount(maxIterations, "max_iter", of: name)
    if case .rbf(gamma: .value(let gamma)) = kernel {
      try SpecificationError.checkPositive(gamma, "gamma", of: name)
    }
    (self.c, self.kernel) = (c, kernel)
    (self.tolerance, self.maxIterations) = (tolerance, maxIterations)
  }

  private init(_ parameters: SpecificationParameters, kernel: Kernel) throws(SpecificationError) {
    try self.init(
      c: parameters.number("C"), kernel: kernel, tolerance: parameters.number("tol"))
    let megabytes = try parameters.number("cache_size")
    try SpecificationError.checkPositive(
      megabytes, "cache_size", of: kernel == .linear ? "linear-svm" : "rbf-svm")
    cacheByteBudget = Int(min(megabytes * 1e6, 1e15))
  }

  /// Learns from a problem; see `Learner`.
  public func fit(_ problem: Problem, threads: Int) -> any Model {
    fitSVM(problem, threads: threads)
  }

  /// Learns from a problem, with the concrete type of model; pairs are shared out to the threads.
  ///
  /// Classes without a row take part in no pair and get no vote.
  public func fitSVM(_ problem: Problem, threads: Int = 1) -> SupportVectorModel {
    let problem = problem.withoutAbsentRows()
    let present = problem.presentClasses
    let function = kernel.resolved(for: problem.features)
    guard present.count >= 2 else {
      return SupportVectorModel(
        kernel: function, supportVectors: Matrix(rows: 0, columns: problem.featureCount),
        supportRows: [], machines: [], presentClasses: present.isEmpty ? [0] : present,
        classCount: problem.classCount, report: .constant)
    }
    let pairs = present.indices.flatMap { a in
      present[(a + 1)...].map { (positive: present[a], negative: $0) }
    }
    let solutions =
      problem.sampleCount <= smallRowLimit
        && Self.isSmall(rows: problem.sampleCount, features: problem.featureCount)
      ? nil : solveLarge(pairs, problem, function, threads: threads)
    let parts =
      solutions
      ?? Parallel.map(pairs.count, threads: threads) { index in
        solve(pairs[index].positive, pairs[index].negative, problem, function)
      }
    return assemble(problem, function, pairs, parts, present)
  }

  /// Whether a problem stays in the second level of cache with all the kernel rows that it asks for.
  ///
  /// Such problems are solved two rows at a time, larger ones by working sets.
  static func isSmall(rows: Int, features: Int) -> Bool {
    rows <= 2_000 && rows * features * MemoryLayout<Double>.stride <= 1 << 20
  }

  private func solve(
    _ positive: Int, _ negative: Int, _ problem: Problem, _ function: KernelFunction
  ) -> (rows: [Int], solution: PairSolution) {
    let pair = Pair(positive, negative, problem, c, margin)
    let cache = KernelCache(
      function, points: problem.features.selectingRows(pair.rows), byteBudget: cacheByteBudget,
      shift: pair.shift)
    var solver = PairSolver(
      minimizer: BoundedSolver(
        tolerance: tolerance, maxIterations: max(maxIterations, 100 * pair.rows.count),
        kernel: cache))
    return (pair.rows, pair.solution(margin, &solver))
  }

  /// The rows of a pair of classes as a solver takes them.
  struct Pair {
    /// Those of the first class, then those of the second.
    let rows: [Int]
    let signs: [Double]
    let bounds: [Double]
    /// What the loss adds to the diagonal of the kernel; empty for nothing.
    let shift: [Double]

    init(_ positive: Int, _ negative: Int, _ problem: Problem, _ c: Double, _ margin: MarginLoss) {
      let indices = problem.labels.indices
      rows =
        indices.filter { problem.labels[$0] == positive }
        + indices.filter { problem.labels[$0] == negative }
      bounds = rows.map { c * problem.weights[$0] }
      signs = rows.map { problem.labels[$0] == positive ? 1.0 : -1 }
      if case .huberized(let h) = margin { shift = bounds.map { 2 * h / $0 } } else { shift = [] }
    }

    func solution(
      _ margin: MarginLoss, _ solver: inout PairSolver<some BoundedMinimizer>
    ) -> PairSolution {
      switch margin {
      case .hinge: solver.solve(signs: signs, bounds: bounds)
      case .huberized(let h): solver.solve(signs: signs, bounds: bounds, huberized: h)
      case .ramp(let s): solver.solve(signs: signs, bounds: bounds, ramp: s)
      }
    }
  }

  /// Gathers the rows that are support vectors of any pair, in the order of the training rows.
  private func assemble(
    _ problem: Problem, _ function: KernelFunction,
    _ pairs: [(positive: Int, negative: Int)],
    _ parts: [(rows: [Int], solution: PairSolution)], _ present: [Int]
  ) -> SupportVectorModel {
    var isSupport = [Bool](repeating: false, count: problem.sampleCount)
    for (rows, solution) in parts {
      for (row, beta) in zip(rows, solution.coefficients) where beta != 0 { isSupport[row] = true }
    }
    let supportRows = isSupport.indices.filter { isSupport[$0] }
    var position = [Int](repeating: -1, count: problem.sampleCount)
    for (index, row) in supportRows.enumerated() { position[row] = index }

    let machines = zip(pairs, parts).map { pair, part in
      var coefficients = [Double](repeating: 0, count: supportRows.count)
      for (row, beta) in zip(part.rows, part.solution.coefficients) where beta != 0 {
        coefficients[position[row]] = beta
      }
      return SupportVectorModel.Machine(
        positive: pair.positive, negative: pair.negative, coefficients: coefficients,
        intercept: part.solution.intercept)
    }
    let solutions = parts.map(\.solution)
    return SupportVectorModel(
      kernel: function, supportVectors: problem.features.selectingRows(supportRows),
      supportRows: supportRows, machines: machines, presentClasses: present,
      classCount: problem.classCount,
      report: FitReport(
        outcome: solutions.allSatisfy(\.hasConverged) ? .converged : .iterationLimit,
        iterations: solutions.reduce(0) { $0 + $1.iterations },
        objective: solutions.reduce(0) { $0 + $1.objective },
        residual: solutions.reduce(0) { $0 + $1.dualityGap }))
  }
}
