import LinAlg

/// The objective of softmax regression over many rows, feature by feature, four rows a vector.
///
/// The function and the parameters are those of `SoftmaxObjective`, for labels and without the Hessian. A pass
/// keeps a block of rows in the second level of cache and reads the table once.
struct SoftmaxColumns: DifferentiableObjective {
  /// Rows of a block, whose columns stay in cache.
  private static let blockSize = 256

  /// Blocks that one thread goes through in a row; fixed, so that sums keep their order.
  private static let runLength = 8

  private struct Block {
    /// x_j of rows 4r … 4r + 3 is number j·rows/4 + r; three columns of zeros follow, which `addProducts` may
    /// read.
    let columns: [Quad]
    /// C·wᵢ; 0 for rows that fill up the last block.
    let weights: [Quad]
    /// One column a class: 1 where the row is of it.
    let targets: [Quad]
  }

  private let blocks: [Block]
  private let classCount: Int
  private let inputCount: Int
  private let threads: Int
  let gradientRoundingError: Double

  init(_ problem: Problem, c: Double, threads: Int) {
    let (n, d, k) = (problem.sampleCount, problem.featureCount, problem.classCount)
    (classCount, inputCount, self.threads) = (k, d + 1, threads)
    let parts = Parallel.map((n + Self.blockSize - 1) / Self.blockSize, threads: threads) { part in
      let first = part * Self.blockSize
      return Self.block(problem, first..<min(first + Self.blockSize, n), c)
    }
    blocks = parts.map(\.block)
    // Each component of the gradient sums n terms of at most C·w·|x̃|, each exact to a few ε.
    let largest = (0...d).map { j in parts.reduce(0.0) { $0 + $1.magnitudes[j] } }.max() ?? 0
    gradientRoundingError = 16 * Double.ulpOfOne * largest
  }

  private static func block(
    _ problem: Problem, _ rows: Range<Int>, _ c: Double
  ) -> (block: Block, magnitudes: [Double]) {
    let (d, quads) = (problem.featureCount, (rows.count + 3) / 4)
    let zero = Quad(repeating: 0)
    var columns = [Quad](repeating: zero, count: (d + 3) * quads)
    var weights = [Quad](repeating: zero, count: quads)
    var targets = [Quad](repeating: zero, count: problem.classCount * quads)
    var magnitudes = [Double](repeating: 0, count: d + 1)
    let x = problem.features.elements.span
    for (place, row) in rows.enumerated() {
      let (quad, lane) = (place / 4, place % 4)
      let weight = c * problem.weights[row]
      for j in 0..<d {
        let value = x[row * d + j]
        columns[j * quads + quad][lane] = value
        magnitudes[j] += weight * abs(value)
      }
      magnitudes[d] += weight
      weights[quad][lane] = weight
      targets[problem.labels[row] * quads + quad][lane] = 1
    }
    return (Block(columns: columns, weights: weights, targets: targets), magnitudes)
  }

  /// The first row of Θ is fixed at zero for two classes.
  private var firstFreeClass: Int { classCount == 2 ? 1 : 0 }
  var parameterCount: Int { (classCount - firstFreeClass) * inputCount }

  func value(at point: [Double], gradient: inout [Double]) -> Double {
    let fixed = [Quad](repeating: Quad(repeating: 0), count: firstFreeClass * inputCount)
    let theta = fixed + point.map { Quad(repeating: $0) }
    let runs = (blocks.count + Self.runLength - 1) / Self.runLength
    let parts = Parallel.map(runs, threads: threads) { run in
      let first = run * Self.runLength
      var pass = SoftmaxPass(classes: classCount, inputs: inputCount)
      for block in blocks[first..<min(first + Self.runLength, blocks.count)] {
        pass.add(block.columns, block.weights, block.targets, theta)
      }
      return (value: pass.value, gradient: pass.gradient.map { $0.sum() })
    }
    gradient = [Double](repeating: 0, count: parameterCount)
    var value = 0.0
    for part in parts {
      value += part.value
      for index in gradient.indices {
        gradient[index] += part.gradient[firstFreeClass * inputCount + index]
      }
    }
    return value
      + SoftmaxObjective.addPenalty(
        point, &gradient, inputCount: inputCount, classCount: classCount)
  }
}

/// Sums of a pass over blocks of rows: the loss, and its gradient lane by lane.
private struct SoftmaxPass {
  private(set) var value = 0.0
  /// K × (d + 1).
  private(set) var gradient: [Quad]

  private let classes: Int
  private let inputs: Int
  private var part: [Quad]
  /// One column a class: logits, exponentials, residuals in turn.
  private var residuals: [Quad] = []
  private var losses: [Quad] = []

  init(classes: Int, inputs: Int) {
    (self.classes, self.inputs) = (classes, inputs)
    gradient = Array(repeating: Quad(repeating: 0), count: classes * inputs)
    part = gradient
  }

  /// Adds Σᵢ wᵢ (ln Σ_c exp z_ic − z_iyᵢ) and Σᵢ wᵢ(pᵢ − yᵢ)x̃ᵢᵀ of a block of n vectors.
  ///
  /// Shapes: columns (d + 3) × n, weights n, targets K × n, θ K × (d + 1).
  mutating func add(_ columns: [Quad], _ weights: [Quad], _ targets: [Quad], _ theta: [Quad]) {
    let n = weights.count
    if residuals.count != classes * n {
      residuals = Array(repeating: Quad(repeating: 0), count: classes * n)
      losses = Array(repeating: Quad(repeating: 0), count: n)
    }
    linear(theta, columns, rows: n, inputs: inputs, classes: classes, into: &residuals)
    shiftedExponentials(targets, &residuals, &losses)
    value += finish(weights, targets, &residuals, losses)
    for c in stride(from: 0, to: classes, by: 2) {
      let next = min(c + 1, classes - 1)
      for j in stride(from: 0, to: inputs - 1, by: 4) {
        addProducts(
          residuals, c * n, next * n, columns, j * n, rows: n, columns: min(4, inputs - 1 - j),
          into: &part, at: c * inputs + j, next * inputs + j)
      }
    }
    for c in 0..<classes {
      var sum = Quad(repeating: 0)
      for row in c * n..<(c + 1) * n { sum += residuals[row] }
      part[c * inputs + inputs - 1] = sum
    }
    for index in gradient.indices { gradient[index] += part[index] }
  }
}

/// Replaces logits z by exp(z − max z) of their row, and writes the loss's part max z − z_y.
///
/// Shapes: targets and logits K × n, losses n.
private func shiftedExponentials(_ targets: [Quad], _ logits: inout [Quad], _ losses: inout [Quad])
{
  let n = losses.count
  precondition(
    targets.count == logits.count && targets.count % max(n, 1) == 0,
    "\(targets.count) targets of \(n) rows")
  let k = targets.count / max(n, 1)
  let y = targets.span
  var z = logits.mutableSpan
  for row in 0..<n {
    // Safe: each column has n rows.
    var largest = unsafe z[unchecked: row]
    for c in 1..<k {
      let other = unsafe z[unchecked: c &* n &+ row]
      largest.replace(with: other, where: other .> largest)
    }
    var own = Quad(repeating: 0)
    for c in 0..<k {
      let shifted = unsafe z[unchecked: c &* n &+ row] - largest
      unsafe z[unchecked: c &* n &+ row] = shifted
      own.replace(with: shifted, where: unsafe y[unchecked: c &* n &+ row] .> 0)
    }
    losses[row] = -own
  }
  Lanes.exp(&z, 0..<z.count)
}

/// Turns exponentials into residuals w(p − y), and returns the sum of w(ln Σe − z_y).
///
/// Shapes: weights n; targets and exponentials → residuals K × n; losses −z_y, n.
private func finish(
  _ weights: [Quad], _ targets: [Quad], _ exponentials: inout [Quad], _ losses: [Quad]
) -> Double {
  let n = losses.count
  precondition(
    weights.count == n && targets.count == exponentials.count && targets.count % max(n, 1) == 0,
    "\(targets.count) targets of \(n) rows")
  let k = targets.count / max(n, 1)
  var sums = [Quad](repeating: Quad(repeating: 0), count: n)
  let (w, y) = (weights.span, targets.span)
  var e = exponentials.mutableSpan
  for row in 0..<n {
    // Safe: each column has n rows.
    var sum = unsafe e[unchecked: row]
    for c in 1..<k { unsafe sum += e[unchecked: c &* n &+ row] }
    sums[row] = sum
    let weight = unsafe w[unchecked: row]
    let scale = weight / sum
    for c in 0..<k {
      let place = c &* n &+ row
      unsafe e[unchecked: place] =
        e[unchecked: place] * scale - weight * y[unchecked: place]
    }
  }
  var logarithms = sums.mutableSpan
  Lanes.log(&logarithms)
  var total = Quad(repeating: 0)
  for row in 0..<n {
    let loss = weights[row] * (losses[row] + sums[row])
    // Rows that fill up the last vector.
    total += loss.replacing(with: 0, where: weights[row] .== 0)
  }
  return total.sum()
}
