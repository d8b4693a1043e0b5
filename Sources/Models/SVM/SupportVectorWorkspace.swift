/// Fits C-SVCs to small problems one after another, in one set of arrays.
///
/// The machines of `SupportVectorClassifier`, by the same path: training rows are sorted by class, so
/// that a pair of classes is two runs of whole SIMD vectors; kernel rows are computed when a pair
/// first asks for them and then shared by all pairs; predictions run in lanes over the validation
/// rows. The steps of the solver are the same bits as there.
///
/// Complexity: O(n) for an iteration of the solver, O(n·d) and n exponentials for a kernel row.
package struct SupportVectorWorkspace: Sendable {
  private let learner: SupportVectorClassifier
  private let shape: SeedBatch.Shape
  private var points: SortedPoints
  private var rows: KernelRows
  private var solver: SmallPairSolver
  /// β of each pair in work, one run of sorted positions a pair.
  private var coefficients: [Double]
  private var intercepts: [Double]
  /// γ of each lane of the batch in work.
  private var gammas = Quad(repeating: 1)
  private var validation: SupportVectorValidation

  /// Prepares for problems of a shape.
  package init(_ learner: SupportVectorClassifier, _ shape: SeedBatch.Shape) {
    (self.learner, self.shape) = (learner, shape)
    points = SortedPoints(shape)
    rows = KernelRows(vectors: points.vectorCapacity, classCount: shape.classCount)
    solver = SmallPairSolver(learner, vectors: points.vectorCapacity)
    let pairs = shape.pairCount
    coefficients = Array(repeating: 0, count: pairs * points.vectorCapacity * Quad.scalarCount)
    intercepts = Array(repeating: 0, count: pairs)
    validation = SupportVectorValidation(shape)
  }

  /// Prepares for the lanes of a batch.
  package mutating func begin(_ batch: SeedBatch) {
    if case .rbf(let gamma) = learner.kernel { gammas = gamma.resolved(for: batch) }
  }

  /// Fits one lane of the batch that was begun with and judges it on its validation rows.
  package mutating func fit(_ batch: SeedBatch, _ lane: Int, into fit: inout BatchFit) {
    fit.iterations = 0
    fit.logLoss = nil
    switch train(batch, lane) {
    case .constant:
      fit.outcome = .constant
      let only = points.firstPresent
      for row in fit.predicted.indices { fit.predicted[row] = only }
    case .overflow:
      fit.take(learner.fitSVM(batch.problem(lane)), batch, lane)
    case .trained(let kernel, let iterations, let hasConverged):
      fit.outcome = hasConverged ? .converged : .iterationLimit
      fit.iterations = iterations
      validation.begin(batch, lane, scaledBy: kernel.featureFactor)
      let width = points.vectorCapacity * Quad.scalarCount
      for a in 0..<shape.classCount where points.isPresent(a) {
        for b in a + 1..<max(shape.classCount, a + 1) where points.isPresent(b) {
          validation.mark(a, b, points, coefficients, from: shape.pair(a, b) * width)
        }
      }
      validation.predict(kernel, points, coefficients, intercepts, into: &fit.predicted)
    }
  }

  /// How the machines of a lane came out.
  enum Training {
    /// Fewer than two classes have a row: there is no machine.
    case constant
    /// Kernel values are too large: there is no machine.
    case overflow
    /// Every pair of present classes has its machine.
    case trained(KernelFunction, iterations: Int, hasConverged: Bool)
  }

  /// Fits the machines of one lane of the batch that was begun with.
  mutating func train(_ batch: SeedBatch, _ lane: Int) -> Training {
    points.load(batch, lane)
    guard points.presentCount >= 2 else { return .constant }
    let kernel: KernelFunction =
      learner.kernel == .linear ? .linear : .rbf(gamma: gammas[lane])
    points.transpose(scaledBy: kernel.featureFactor)
    rows.begin(kernel, points)
    guard rows.isFinite else { return .overflow }
    let width = points.vectorCapacity * Quad.scalarCount
    var (iterations, hasConverged) = (0, true)
    for a in 0..<shape.classCount where points.isPresent(a) {
      for b in a + 1..<max(shape.classCount, a + 1) where points.isPresent(b) {
        let pair = shape.pair(a, b)
        let end = solver.solve(a, b, points, &rows, into: &coefficients, at: pair * width)
        intercepts[pair] = end.intercept
        iterations += end.iterations
        hasConverged = hasConverged && end.hasConverged
      }
    }
    return .trained(kernel, iterations: iterations, hasConverged: hasConverged)
  }

  /// Writes the decision values of a pair of present classes for all training rows.
  ///
  ///     f(x_i) = Σ_t β_t·k(x_t, x_i) + b
  ///
  /// The kernel values are those of the lane's rows. Returns ½‖w‖² = ½ Σ β_t (f(x_t) − b).
  func decide(_ a: Int, _ b: Int, _ kernel: KernelMatrix, into decisions: inout [Quad]) -> Double {
    let pair = shape.pair(a, b)
    let base = pair * points.vectorCapacity * Quad.scalarCount
    for q in decisions.indices { decisions[q] = Quad(repeating: intercepts[pair]) }
    let positions = Array(points.positions(of: a)) + points.positions(of: b)
    for position in positions {
      let beta = coefficients[base + position]
      if beta != 0 { kernel.add(points.rowAtPosition[position], times: beta, to: &decisions) }
    }
    var penalty = 0.0
    for position in positions {
      let beta = coefficients[base + position]
      penalty += beta * (scalar(decisions, points.rowAtPosition[position]) - intercepts[pair])
    }
    return penalty / 2
  }

  /// β of a pair of classes by training row, as last fitted; for tests and replays.
  package func machine(_ a: Int, _ b: Int) -> (coefficients: [Double], intercept: Double) {
    let pair = shape.pair(a, b)
    let base = pair * points.vectorCapacity * Quad.scalarCount
    var byRow = [Double](repeating: 0, count: shape.sampleCount)
    for position in Array(points.positions(of: a)) + points.positions(of: b) {
      byRow[points.rowAtPosition[position]] = coefficients[base + position]
    }
    return (byRow, intercepts[pair])
  }
}
