import LinAlg

/// `BoundedSolver` in lanes over the rows of a small problem, 0 ≤ β ≤ 1: the same steps and bits.
///
/// Kernel rows are kept, so memory is n² numbers.
struct SmallBoundedSolver {
  private let kernel: KernelFunction
  private let count: Int
  private let featureCount: Int
  private let vectors: Int
  private let points: [Double]
  private let columns: [Quad]
  private let diagonal: [Quad]
  private var rows: [Quad]
  private var isKnown: [Bool]

  /// Prepares for n rows (n × d).
  init(_ kernel: KernelFunction, _ features: Matrix<Double>) {
    let (n, d) = (features.rows, features.columns)
    let vectors = (n + 3) / 4
    let factor = kernel.featureFactor
    let points = features.elements.map { $0 * factor }
    var columns = [Quad](repeating: Quad(repeating: 0), count: vectors * d)
    var position = 0
    for row in 0..<n {
      for j in 0..<d {
        columns[j * vectors + row >> 2][row & 3] = points[position]
        position += 1
      }
    }
    var diagonal = [Quad](repeating: Quad(repeating: 1), count: vectors)
    if case .linear = kernel {
      for q in 0..<vectors {
        var squares = Quad(repeating: 0)
        for j in 0..<d { squares.addProduct(columns[j * vectors + q], columns[j * vectors + q]) }
        diagonal[q] = squares
      }
    }
    self.kernel = kernel
    (count, featureCount, self.vectors) = (n, d, vectors)
    (self.points, self.columns, self.diagonal) = (points, columns, diagonal)
    rows = Array(repeating: Quad(repeating: 0), count: n * vectors)
    isKnown = Array(repeating: false, count: n)
  }

  /// Where kernel row `row` begins among the vectors.
  private mutating func start(_ row: Int) -> Int {
    if !isKnown[row] {
      kernel.write(
        points, at: row * featureCount, columns, first: 0, stride: vectors, count: vectors,
        featureCount: featureCount, into: &rows, at: row * vectors)
      isKnown[row] = true
    }
    return row &* vectors
  }

  /// Moves β to the minimum of ½βᵀKβ.
  ///
  /// - Precondition: 0 ≤ β ≤ 1.
  mutating func minimize(
    from beta: [Double], tolerance: Double, maxIterations: Int
  ) -> BoundedSolver.End {
    let whole = 0..<vectors
    var beta = beta
    var slack = [Quad](repeating: Quad(repeating: 0), count: vectors)
    for row in 0..<count where beta[row] > 0 {
      let (from, factor) = (start(row), Quad(repeating: -beta[row]))
      for q in whole { slack[q].addProduct(factor, rows[from + q]) }
    }
    var up = [Quad](repeating: Quad(repeating: -.infinity), count: vectors)
    var down = [Quad](repeating: Quad(repeating: .infinity), count: vectors)
    for row in 0..<count {
      if beta[row] < 1 { up[row >> 2][row & 3] = 0 }
      if beta[row] > 0 { down[row >> 2][row & 3] = 0 }
    }
    var iterations = 0
    var hasConverged = false
    var best = SmallPairSolver.mostViolating(slack, up, whole)
    while iterations < maxIterations {
      // Where no row may rise, the position is none of a row.
      guard best.value > -.infinity else {
        hasConverged = true
        break
      }
      let i = best.position
      let rowI = start(i)
      let kii = scalar(diagonal, i)
      let (j, lowest) = SmallPairSolver.bestPartner(
        best.value, kii, rows, rowI, diagonal, slack, down, whole)
      guard lowest < .infinity, best.value - lowest >= tolerance else {
        hasConverged = true
        break
      }
      let rowJ = start(j)
      let value = kii + scalar(diagonal, j) - 2 * scalar(rows, 4 &* rowI &+ j)
      let curvature = value > 0 ? value : BoundedSolver.smallestCurvature
      let (roomI, roomJ) = (1 - beta[i], beta[j])
      let step = min((best.value - scalar(slack, j)) / curvature, roomI, roomJ)
      // A bound that is reached is reached exactly.
      beta[i] = step == roomI ? 1 : beta[i] + step
      beta[j] = step == roomJ ? 0 : beta[j] - step
      set(&up, i, beta[i] < 1 ? 0 : -.infinity)
      set(&down, i, beta[i] > 0 ? 0 : .infinity)
      set(&up, j, beta[j] < 1 ? 0 : -.infinity)
      set(&down, j, beta[j] > 0 ? 0 : .infinity)
      best = SmallPairSolver.update(&slack, step, rows, rowI, rowJ, up, whole)
      iterations += 1
    }
    return BoundedSolver.End(
      beta: beta, slack: (0..<count).map { scalar(slack, $0) }, iterations: iterations,
      hasConverged: hasConverged)
  }
}
