/// `PairSolver` in SIMD lanes over the rows of a small problem: the same steps, the same bits.
///
/// Whether a row may move up or down is kept as a number to add to its slack g: 0, or the infinity
/// that takes it out of the comparison.
struct SmallPairSolver: Sendable {
  private let c: Double
  private let tolerance: Double
  private let maxIterations: Int
  private var slack: [Quad]
  private var up: [Quad]
  private var down: [Quad]
  private var upper: [Double]
  private var lower: [Double]

  struct End {
    let intercept: Double
    let iterations: Int
    let hasConverged: Bool
  }

  init(_ learner: SupportVectorClassifier, vectors: Int) {
    c = learner.c
    tolerance = learner.tolerance
    maxIterations = learner.maxIterations
    slack = Array(repeating: Quad(repeating: 0), count: vectors)
    (up, down) = (slack, slack)
    upper = Array(repeating: 0, count: vectors * 4)
    lower = upper
  }

  /// Solves the pair of classes a (y = +1) and b; β goes to `coefficients` from `base` on.
  mutating func solve(
    _ a: Int, _ b: Int, _ points: SortedPoints, _ rows: inout KernelRows,
    into coefficients: inout [Double], at base: Int
  ) -> End {
    let positive = points.starts[a]..<points.starts[a + 1]
    let negative = points.starts[b]..<points.starts[b + 1]
    begin(positive, negative, points, &coefficients, base)
    let limit = max(maxIterations, 100 * (points.counts[a] + points.counts[b]))
    let pair = Pair(a: a, b: b, positive: positive, negative: negative, base: base)
    let end = Self.iterate(
      pair, limit, tolerance, points, &rows, &slack, &up, &down, upper, lower, &coefficients)
    return End(
      intercept: intercept(positive, negative), iterations: end.iterations,
      hasConverged: end.hasConverged)
  }

  /// Two classes, their runs of vectors, and where their β begin.
  private struct Pair {
    let a: Int
    let b: Int
    let positive: Range<Int>
    let negative: Range<Int>
    let base: Int
  }

  private static func iterate(
    _ pair: Pair, _ limit: Int, _ tolerance: Double, _ points: SortedPoints,
    _ rows: inout KernelRows, _ slack: inout [Quad], _ up: inout [Quad], _ down: inout [Quad],
    _ upper: [Double], _ lower: [Double], _ coefficients: inout [Double]
  ) -> (iterations: Int, hasConverged: Bool) {
    let (positive, negative) = (pair.positive, pair.negative)
    var iterations = 0
    var best = mostViolating(slack, up, positive, negative)
    while iterations < limit {
      let i = best.position
      let rowI = rows.start(i, pair.a, pair.b, points)
      let kii = scalar(rows.diagonal, i)
      let (j, lowest) = bestPartner(
        best.value, kii, rows.values, rowI, rows.diagonal, slack, down, positive, negative)
      guard best.value > -.infinity, lowest < .infinity, best.value - lowest >= tolerance else {
        return (iterations, true)
      }
      let rowJ = rows.start(j, pair.a, pair.b, points)
      let value = kii + scalar(rows.diagonal, j) - 2 * scalar(rows.values, 4 &* rowI &+ j)
      let curvature = value > 0 ? value : BoundedSolver.smallestCurvature
      let (betaI, betaJ) = (coefficients[pair.base &+ i], coefficients[pair.base &+ j])
      let (roomI, roomJ) = (upper[i] - betaI, betaJ - lower[j])
      let step = min((best.value - scalar(slack, j)) / curvature, roomI, roomJ)
      // A bound that is reached is reached exactly.
      let newI = step == roomI ? upper[i] : betaI + step
      let newJ = step == roomJ ? lower[j] : betaJ - step
      coefficients[pair.base &+ i] = newI
      coefficients[pair.base &+ j] = newJ
      set(&up, i, newI < upper[i] ? 0 : -.infinity)
      set(&down, i, newI > lower[i] ? 0 : .infinity)
      set(&up, j, newJ < upper[j] ? 0 : -.infinity)
      set(&down, j, newJ > lower[j] ? 0 : .infinity)
      best = update(&slack, step, rows.values, rowI, rowJ, up, positive, negative)
      iterations += 1
    }
    return (iterations, false)
  }

  private mutating func begin(
    _ positive: Range<Int>, _ negative: Range<Int>, _ points: SortedPoints,
    _ coefficients: inout [Double], _ base: Int
  ) {
    for half in 0..<2 {
      let (range, sign) = half == 0 ? (positive, 1.0) : (negative, -1.0)
      for q in range {
        let weight = Quad(
          points.weights[4 * q], points.weights[4 * q + 1], points.weights[4 * q + 2],
          points.weights[4 * q + 3])
        // Only fillers weigh nothing.
        let isRow = weight .> Quad(repeating: 0)
        let (never, always) = (Quad(repeating: -.infinity), Quad(repeating: 0))
        slack[q] = Quad(repeating: sign)
        up[q] = half == 0 ? never.replacing(with: always, where: isRow) : never
        down[q] = half == 1 ? (-never).replacing(with: always, where: isRow) : -never
      }
      for position in 4 * range.lowerBound..<4 * range.upperBound {
        let bound = c * points.weights[position]
        upper[position] = half == 0 ? bound : 0
        lower[position] = half == 0 ? 0 : -bound
        coefficients[base + position] = 0
      }
    }
  }

  /// The mean slack of the rows off their bounds, or the middle of the interval the bounds leave.
  private func intercept(_ positive: Range<Int>, _ negative: Range<Int>) -> Double {
    let zero = Quad(repeating: 0)
    var (sums, counts) = (zero, zero)
    var (least, most) = (Quad(repeating: -.infinity), Quad(repeating: .infinity))
    for half in 0..<2 {
      for q in half == 0 ? positive : negative {
        let g = slack[q]
        let (rises, falls) = (up[q] .== zero, down[q] .== zero)
        let isFree = rises .& falls
        sums += zero.replacing(with: g, where: isFree)
        counts += zero.replacing(with: 1, where: isFree)
        least = larger(least, Quad(repeating: -.infinity).replacing(with: g, where: rises))
        most = -larger(-most, Quad(repeating: -.infinity).replacing(with: -g, where: falls))
      }
    }
    let count = counts.sum()
    return count > 0 ? sums.sum() / count : (largest(least) - largest(-most)) / 2
  }
}

extension SmallPairSolver {
  /// The last of the positions with the largest slack that may rise.
  static func mostViolating(
    _ slack: [Quad], _ up: [Quad], _ positive: Range<Int>, _ negative: Range<Int> = 0..<0
  ) -> (position: Int, value: Double) {
    var best = LaneMaximum()
    for half in 0..<2 {
      for q in half == 0 ? positive : negative {
        best.offer(slack[q] + up[q], at: Quad(repeating: Double(q)))
      }
    }
    return best.last
  }

  /// Takes a step of the pair (i, j), g ← g − step·(Kᵢ − Kⱼ), and finds the next i.
  @inline(never)
  static func update(
    _ slack: inout [Quad], _ step: Double, _ rows: [Quad], _ rowI: Int, _ rowJ: Int,
    _ up: [Quad], _ positive: Range<Int>, _ negative: Range<Int> = 0..<0
  ) -> (position: Int, value: Double) {
    let end = max(positive.upperBound, negative.upperBound)
    precondition(
      end <= slack.count && end <= up.count && max(rowI, rowJ) + end <= rows.count,
      "Vectors out of range")
    var g = slack.mutableSpan
    let (k, allowed) = (rows.span, up.span)
    let minusStep = Quad(repeating: -step)
    var best = LaneMaximum()
    // Safe: the ends were checked.
    for half in 0..<2 {
      let range = half == 0 ? positive : negative
      var index = Quad(repeating: Double(range.lowerBound))
      for q in range {
        let difference = unsafe k[unchecked: rowI &+ q] - k[unchecked: rowJ &+ q]
        let next = unsafe g[unchecked: q].addingProduct(minusStep, difference)
        unsafe g[unchecked: q] = next
        unsafe best.offer(next + allowed[unchecked: q], at: index)
        index += 1
      }
    }
    return best.last
  }

  /// The position whose pair with i promises the largest decrease, and the smallest slack that may fall.
  @inline(never)
  static func bestPartner(
    _ gi: Double, _ kii: Double, _ rows: [Quad], _ rowI: Int, _ diagonal: [Quad],
    _ slack: [Quad], _ down: [Quad], _ positive: Range<Int>,
    _ negative: Range<Int> = 0..<0
  ) -> (position: Int, lowest: Double) {
    let end = max(positive.upperBound, negative.upperBound)
    precondition(
      end <= slack.count && end <= down.count && end <= diagonal.count
        && rowI + end <= rows.count, "Vectors out of range")
    let (k, kd, g, allowed) = (rows.span, diagonal.span, slack.span, down.span)
    let (gis, kiis) = (Quad(repeating: gi), Quad(repeating: kii))
    let tiny = Quad(repeating: BoundedSolver.smallestCurvature)
    let zero = Quad(repeating: 0)
    var lowest = Quad(repeating: .infinity)
    var best = LaneMaximum(0)
    // Safe: the ends were checked.
    for half in 0..<2 {
      let range = half == 0 ? positive : negative
      var index = Quad(repeating: Double(range.lowerBound))
      for q in range {
        let candidate = unsafe g[unchecked: q] + allowed[unchecked: q]
        lowest = lowest.replacing(with: candidate, where: candidate .< lowest)
        let difference = larger(gis - candidate, zero)
        let value = unsafe (kiis + kd[unchecked: q])
          .addingProduct(Quad(repeating: -2), k[unchecked: rowI &+ q])
        let curvature = tiny.replacing(with: value, where: value .> zero)
        best.offer(difference * difference / curvature, at: index)
        index += 1
      }
    }
    return (best.last.position, -largest(-lowest))
  }
}

/// One number of an array of vectors.
@inline(__always)
func scalar(_ values: [Quad], _ position: Int) -> Double {
  precondition(position >= 0 && position < 4 &* values.count, "Position out of range")
  // Safe: the position was checked.
  return unsafe values.span.bytes.unsafeLoad(
    fromByteOffset: position &* MemoryLayout<Double>.stride, as: Double.self)
}

/// One number of an array of vectors in single precision.
@inline(__always)
func scalar(_ values: [SIMD8<Float>], _ position: Int) -> Float {
  precondition(position >= 0 && position < 8 &* values.count, "Position out of range")
  // Safe: the position was checked.
  return unsafe values.span.bytes.unsafeLoad(
    fromByteOffset: position &* MemoryLayout<Float>.stride, as: Float.self)
}

/// Sets one number of an array of vectors.
@inline(__always)
func set(_ values: inout [Quad], _ position: Int, _ value: Double) {
  precondition(position >= 0 && position < 4 &* values.count, "Position out of range")
  var span = values.mutableSpan
  var bytes = unsafe span.mutableBytes
  // Safe: the position was checked.
  bytes.storeBytes(
    of: value, toByteOffset: position &* MemoryLayout<Double>.stride, as: Double.self)
}
