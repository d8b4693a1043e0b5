/// The rows of four softmax regressions, one in each lane, and what a pass over them computes.
///
/// Columns are contiguous: x_j of row i is `columns[j · n + i]`. Residuals C·wᵢ(pᵢ_c − yᵢ_c) and
/// curvature weights q_ab = C·wᵢ·p_a(δ_ab − p_b) of the free classes are kept from `evaluate` for
/// `addCurvature`.
struct LaneRows: Sendable {
  private let n: Int
  private let d: Int
  private let free: Int

  /// Rows worked on at a time by `addCurvature`: their columns stay in the first-level cache.
  private let blockRows: Int

  /// d columns, then three of zeros that the last tile may read.
  private var columns: [Quad]
  /// C·wᵢ.
  private var weights: [Quad]
  /// One column a free class: 1 where the row is of it.
  private var targets: [Quad]
  /// One column a free class: logits, exponentials, residuals in turn.
  private var residuals: [Quad]
  /// One column a pair a ≤ b of free classes.
  private var curvatures: [Quad]
  /// 16ε·max_j Σ C·wᵢ|x_ij|: what rounding leaves of a gradient.
  private var roundingError = Quad(repeating: 0)

  /// The weight of each class.
  private var present: [Quad]

  /// Lanes in which a class has no row.
  private(set) var missesClass = LaneMask(repeating: false)

  init(_ shape: SeedBatch.Shape, free: Int) {
    n = shape.sampleCount
    d = shape.featureCount
    self.free = free
    let pairs = free * (free + 1) / 2
    let zero = Quad(repeating: 0)
    blockRows = max(16, 24_000 / ((d + pairs) * MemoryLayout<Quad>.stride))
    columns = Array(repeating: zero, count: n * (d + 3))
    weights = Array(repeating: zero, count: n)
    present = Array(repeating: zero, count: free + 1)
    targets = Array(repeating: zero, count: n * free)
    residuals = targets
    curvatures = Array(repeating: zero, count: n * pairs)
  }

  mutating func load(_ batch: SeedBatch, c: Double) {
    for index in batch.columns.indices { columns[index] = batch.columns[index] }
    let (w0, w1, w2, w3) = (
      batch.weights[0], batch.weights[1], batch.weights[2], batch.weights[3]
    )
    let (y0, y1, y2, y3) = (batch.labels[0], batch.labels[1], batch.labels[2], batch.labels[3])
    for k in present.indices { present[k] = Quad(repeating: 0) }
    for row in 0..<n {
      let weight = Quad(w0[row], w1[row], w2[row], w3[row])
      let label = SIMD4<Int64>(Int64(y0[row]), Int64(y1[row]), Int64(y2[row]), Int64(y3[row]))
      weights[row] = c * weight
      for k in 0...free {
        let isClass = label .== Int64(k)
        if k > 0 {
          targets[(k - 1) * n + row] = Quad(repeating: 0).replacing(with: 1, where: isClass)
        }
        present[k] += Quad(repeating: 0).replacing(with: weight, where: isClass)
      }
    }
    findMissing()
    var largest = Quad(repeating: 0)
    for j in 0...d {
      var sum = Quad(repeating: 0)
      for row in 0..<n {
        sum += j < d ? weights[row] * magnitude(columns[j * n + row]) : weights[row]
      }
      largest = larger(largest, sum)
    }
    roundingError = 16 * Double.ulpOfOne * largest
  }

  private mutating func findMissing() {
    missesClass = LaneMask(repeating: false)
    for sum in present { missesClass = missesClass .| (sum .== 0) }
  }

  /// Gives a row of weight 1 of a lane another class.
  mutating func relabel(_ row: Int, from old: Int, to new: Int, lane: Int) {
    if old > 0 { targets[(old - 1) * n + row][lane] = 0 }
    if new > 0 { targets[(new - 1) * n + row][lane] = 1 }
    present[old][lane] -= 1
    present[new][lane] += 1
    findMissing()
  }

  /// φ·x̃ of all rows, one column a free class.
  func products(_ phi: [Quad], into products: inout [Quad]) {
    linear(phi, columns, rows: n, inputs: d + 1, classes: free, into: &products)
  }

  /// The norm at which a lane has arrived.
  func gradientGoal(_ tolerance: Double) -> Quad {
    larger(
      Quad(repeating: tolerance),
      roundingError.replacing(with: 0, where: .!(roundingError .< .infinity)))
  }

  /// Writes the gradient of the loss at φ and returns the largest |logit| of each lane.
  mutating func evaluate(_ phi: [Quad], _ gradient: inout [Quad]) -> Quad {
    linear(phi, columns, rows: n, inputs: d + 1, classes: free, into: &residuals)
    let largest = exponentials(&residuals)
    finishRows(weights, targets, classes: free, into: &residuals, &curvatures)
    for c in stride(from: 0, to: free, by: 2) {
      let next = min(c + 1, free - 1)
      for j in stride(from: 0, to: d, by: 4) {
        addProducts(
          residuals, c * n, next * n, columns, j * n, rows: n, columns: min(4, d - j),
          into: &gradient, at: c * (d + 1) + j, next * (d + 1) + j)
      }
    }
    for c in 0..<free {
      var sum = Quad(repeating: 0)
      for row in c * n..<(c + 1) * n { sum += residuals[row] }
      gradient[c * (d + 1) + d] = sum
    }
    return largest
  }

  /// Adds Σ q_ab·x̃x̃ᵀ of all pairs a ≤ b, at the point last evaluated, to a Hessian of zeros.
  func addCurvature(to curvature: inout LaneCurvature) {
    curvature.reset()
    let q = curvatures.span
    for start in stride(from: 0, to: n, by: blockRows) {
      let rows = min(blockRows, n - start)
      var pair = 0
      for a in 0..<free {
        for b in a..<free {
          curvature.add(
            a, b, weights: q.extracting(pair * n + start..<pair * n + start + rows), columns,
            from: start, columnStride: n, features: d)
          pair += 1
        }
      }
    }
  }
}
