import LinAlg

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
    self.learner = learner
    self.shape = shape
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
    points.load(batch, lane)
    fit.iterations = 0
    fit.logLoss = nil
    guard points.presentCount >= 2 else {
      fit.outcome = .constant
      let only = points.firstPresent
      for row in fit.predicted.indices { fit.predicted[row] = only }
      return
    }
    let kernel: KernelFunction =
      learner.kernel == .linear ? .linear : .rbf(gamma: gammas[lane])
    points.transpose(scaledBy: kernel.featureFactor)
    rows.begin(kernel, points)
    guard rows.isFinite else {
      fit.take(learner.fitSVM(batch.problem(lane)), batch, lane)
      return
    }
    let width = points.vectorCapacity * Quad.scalarCount
    var pair = 0
    var hasConverged = true
    validation.begin(batch, lane, scaledBy: kernel.featureFactor)
    for a in 0..<shape.classCount {
      for b in a + 1..<max(shape.classCount, a + 1) {
        if points.isPresent(a), points.isPresent(b) {
          let end = solver.solve(a, b, points, &rows, into: &coefficients, at: pair * width)
          intercepts[pair] = end.intercept
          validation.mark(a, b, points, coefficients, from: pair * width)
          fit.iterations += end.iterations
          hasConverged = hasConverged && end.hasConverged
        }
        pair += 1
      }
    }
    fit.outcome = hasConverged ? .converged : .iterationLimit
    validation.predict(kernel, points, coefficients, intercepts, into: &fit.predicted)
  }

  /// β of a pair of classes by training row, as last fitted; for tests and replays.
  package func machine(_ a: Int, _ b: Int) -> (coefficients: [Double], intercept: Double) {
    let pair = shape.pair(a, b)
    let base = pair * points.vectorCapacity * Quad.scalarCount
    var byRow = [Double](repeating: 0, count: shape.sampleCount)
    for (position, row) in points.rowAtPosition.enumerated() where row >= 0 {
      let isOfPair = points.classAtPosition(position) == a || points.classAtPosition(position) == b
      byRow[row] = isOfPair ? coefficients[base + position] : 0
    }
    return (byRow, intercepts[pair])
  }
}
