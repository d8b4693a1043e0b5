import LinAlg

/// `BoundedSolver` in lanes over the rows of a small problem: the same steps and bits.
///
/// Whether a row may move up or down is kept as in `SmallPairSolver`.
struct LaneBoundedSolver {
  /// β.
  private(set) var beta: [Double]
  private var slack: [Quad]
  private var up: [Quad]
  private var down: [Quad]
  private let lower: [Double]
  private let upper: [Double]

  init(from beta: [Double], slack g: [Double], lower: [Double], upper: [Double]) {
    let vectors = (beta.count + 3) / 4
    (self.beta, self.lower, self.upper) = (beta, lower, upper)
    slack = Array(repeating: Quad(repeating: 0), count: vectors)
    up = Array(repeating: Quad(repeating: -.infinity), count: vectors)
    down = Array(repeating: Quad(repeating: .infinity), count: vectors)
    for row in beta.indices {
      slack[row >> 2][row & 3] = g[row]
      if beta[row] < upper[row] { up[row >> 2][row & 3] = 0 }
      if beta[row] > lower[row] { down[row >> 2][row & 3] = 0 }
    }
  }

  /// Where the iterations ended.
  var end: (beta: [Double], slack: [Double]) { (beta, beta.indices.map { scalar(slack, $0) }) }

  /// Moves β to the minimum, by so many iterations at most.
  mutating func minimize(
    _ kernel: inout some LaneKernel, tolerance: Double, maxIterations: Int
  ) -> (iterations: Int, hasConverged: Bool) {
    let whole = slack.indices
    var iterations = 0
    var best = SmallPairSolver.mostViolating(slack, up, whole)
    while iterations < maxIterations {
      // Where no row may rise, the position is none of a row.
      guard best.value > -.infinity else { return (iterations, true) }
      let i = best.position
      let rowI = kernel.start(i)
      let kii = scalar(kernel.diagonal, i)
      let (j, lowest) = SmallPairSolver.bestPartner(
        best.value, kii, kernel.values, rowI, kernel.diagonal, slack, down, whole)
      guard lowest < .infinity, best.value - lowest >= tolerance else { return (iterations, true) }
      let rowJ = kernel.start(j)
      let value = kii + scalar(kernel.diagonal, j) - 2 * scalar(kernel.values, 4 &* rowI &+ j)
      let curvature = value > 0 ? value : BoundedSolver.smallestCurvature
      let (roomI, roomJ) = (upper[i] - beta[i], beta[j] - lower[j])
      let step = min((best.value - scalar(slack, j)) / curvature, roomI, roomJ)
      // A bound that is reached is reached exactly.
      beta[i] = step == roomI ? upper[i] : beta[i] + step
      beta[j] = step == roomJ ? lower[j] : beta[j] - step
      set(&up, i, beta[i] < upper[i] ? 0 : -.infinity)
      set(&down, i, beta[i] > lower[i] ? 0 : .infinity)
      set(&up, j, beta[j] < upper[j] ? 0 : -.infinity)
      set(&down, j, beta[j] > lower[j] ? 0 : .infinity)
      best = SmallPairSolver.update(&slack, step, kernel.values, rowI, rowJ, up, whole)
      iterations += 1
    }
    return (iterations, false)
  }
}

/// Kernel rows in lanes that a solver asks for.
protocol LaneKernel {
  /// Rows, each as many vectors as hold all its values.
  var values: [Quad] { get }

  /// k(x, x) of each row.
  var diagonal: [Quad] { get }

  /// Where row `row` begins among the vectors.
  mutating func start(_ row: Int) -> Int
}

/// Kernel rows of a small problem, computed when asked for and kept: memory is n² numbers.
struct SmallKernel: LaneKernel {
  private let kernel: KernelFunction
  private let featureCount: Int
  private let vectors: Int
  private let points: [Double]
  private let columns: [Quad]
  private var isKnown: [Bool]
  let diagonal: [Quad]
  private(set) var values: [Quad]

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
    (featureCount, self.vectors) = (d, vectors)
    (self.points, self.columns, self.diagonal) = (points, columns, diagonal)
    values = Array(repeating: Quad(repeating: 0), count: n * vectors)
    isKnown = Array(repeating: false, count: n)
  }

  mutating func start(_ row: Int) -> Int {
    if !isKnown[row] {
      kernel.write(
        points, at: row * featureCount, columns, first: 0, stride: vectors, count: vectors,
        featureCount: featureCount, into: &values, at: row * vectors)
      isKnown[row] = true
    }
    return row &* vectors
  }

  /// p − Kβ of p = 0.
  mutating func slack(of beta: [Double]) -> [Double] {
    var slack = [Quad](repeating: Quad(repeating: 0), count: vectors)
    for row in beta.indices where beta[row] > 0 {
      let (from, factor) = (start(row), Quad(repeating: -beta[row]))
      for q in slack.indices { slack[q].addProduct(factor, values[from + q]) }
    }
    return beta.indices.map { scalar(slack, $0) }
  }
}
