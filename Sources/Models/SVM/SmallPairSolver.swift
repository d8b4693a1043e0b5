import LinAlg

/// `PairSolver` in SIMD lanes over the rows of a small problem: the same steps, the same bits.
///
/// Whether a row may move up or down is kept as a number to add to its slack g: 0, or the infinity
/// that takes it out of the comparison.
struct SmallPairSolver: Sendable {
  typealias Quad = Lanes.Quad

  private let c: Double
  private let tolerance: Double
  private let maxIterations: Int
  private var slack: [Quad]
  private var up: [Quad]
  private var down: [Quad]
  private var upper: [Double]
  private var lower: [Double]

  /// How a pair ended.
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
    let rowCount = rowCount(positive, negative, points)
    let limit = max(maxIterations, 100 * rowCount)
    var iterations = 0
    var hasConverged = false
    var best = Self.mostViolating(slack, up, positive, negative)
    while iterations < limit {
      let i = best.position
      let rowI = rows.start(i, points)
      let (j, lowest) = Self.bestPartner(
        best.value, Self.scalar(rows.diagonal, i), rows.values, rowI, rows.diagonal, slack, down,
        positive, negative)
      guard best.value > -.infinity, lowest < .infinity, best.value - lowest >= tolerance else {
        hasConverged = true
        break
      }
      let rowJ = rows.start(j, points)
      let kij = Self.scalar(rows.values, 4 * rowI + j)
      let value = Self.scalar(rows.diagonal, i) + Self.scalar(rows.diagonal, j) - 2 * kij
      let curvature = value > 0 ? value : PairSolver.smallestCurvature
      let (betaI, betaJ) = (coefficients[base + i], coefficients[base + j])
      let (roomI, roomJ) = (upper[i] - betaI, betaJ - lower[j])
      let step = min((best.value - Self.scalar(slack, j)) / curvature, roomI, roomJ)
      // A bound that is reached is reached exactly.
      move(i, to: step == roomI ? upper[i] : betaI + step, &coefficients, base)
      move(j, to: step == roomJ ? lower[j] : betaJ - step, &coefficients, base)
      best = Self.update(&slack, step, rows.values, rowI, rowJ, up, positive, negative)
      iterations += 1
    }
    return End(
      intercept: intercept(positive, negative), iterations: iterations, hasConverged: hasConverged)
  }

  private mutating func begin(
    _ positive: Range<Int>, _ negative: Range<Int>, _ points: SortedPoints,
    _ coefficients: inout [Double], _ base: Int
  ) {
    for (range, sign) in [(positive, 1.0), (negative, -1.0)] {
      for q in range {
        slack[q] = Quad(repeating: sign)
        var (mayRise, mayFall) = (Quad(repeating: 0), Quad(repeating: 0))
        for lane in 0..<4 {
          let position = 4 * q + lane
          let isRow = points.rowAtPosition[position] >= 0
          let bound = c * points.weights[position]
          upper[position] = sign > 0 ? bound : 0
          lower[position] = sign > 0 ? 0 : -bound
          coefficients[base + position] = 0
          mayRise[lane] = isRow && sign > 0 ? 0 : -.infinity
          mayFall[lane] = isRow && sign < 0 ? 0 : .infinity
        }
        (up[q], down[q]) = (mayRise, mayFall)
      }
    }
  }

  private func rowCount(
    _ positive: Range<Int>, _ negative: Range<Int>, _ points: SortedPoints
  ) -> Int {
    var count = 0
    for range in [positive, negative] {
      for position in 4 * range.lowerBound..<4 * range.upperBound
      where points.rowAtPosition[position] >= 0 { count += 1 }
    }
    return count
  }

  /// Sets β of a position, and which ways it may still move.
  private mutating func move(
    _ position: Int, to beta: Double, _ coefficients: inout [Double], _ base: Int
  ) {
    coefficients[base + position] = beta
    up[position / 4][position % 4] = beta < upper[position] ? 0 : -.infinity
    down[position / 4][position % 4] = beta > lower[position] ? 0 : .infinity
  }

  /// One number of an array of vectors.
  @inline(__always)
  private static func scalar(_ values: [Quad], _ position: Int) -> Double {
    precondition(position >= 0 && position < 4 * values.count, "Position \(position)")
    // Safe: the position was checked.
    return unsafe values.span.bytes.unsafeLoad(
      fromByteOffset: position &* MemoryLayout<Double>.stride, as: Double.self)
  }

  /// The mean slack of the rows off their bounds, or the middle of the interval the bounds leave.
  private func intercept(_ positive: Range<Int>, _ negative: Range<Int>) -> Double {
    var (free, sum) = (0, 0.0)
    var (least, most) = (-Double.infinity, Double.infinity)
    for range in [positive, negative] {
      for q in range {
        let (g, mayRise, mayFall) = (slack[q], up[q], down[q])
        for lane in 0..<4 {
          if mayRise[lane] == 0, mayFall[lane] == 0 {
            free += 1
            sum += g[lane]
          } else if mayRise[lane] == 0 {
            least = max(least, g[lane])
          } else if mayFall[lane] == 0 {
            most = min(most, g[lane])
          }
        }
      }
    }
    return free > 0 ? sum / Double(free) : (least + most) / 2
  }
}

extension SmallPairSolver {
  /// The last of the positions with the largest slack that may rise.
  private static func mostViolating(
    _ slack: [Quad], _ up: [Quad], _ positive: Range<Int>, _ negative: Range<Int>
  ) -> (position: Int, value: Double) {
    var best = LaneMaximum()
    for range in [positive, negative] {
      for q in range { best.offer(slack[q] + up[q], at: q) }
    }
    return best.last
  }

  /// Takes a step of the pair (i, j), g ← g − step·(Kᵢ − Kⱼ), and finds the next i.
  @inline(never)
  private static func update(
    _ slack: inout [Quad], _ step: Double, _ rows: [Quad], _ rowI: Int, _ rowJ: Int,
    _ up: [Quad], _ positive: Range<Int>, _ negative: Range<Int>
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
    for q in positive {
      let difference = unsafe k[unchecked: rowI &+ q] - k[unchecked: rowJ &+ q]
      let next = unsafe g[unchecked: q].addingProduct(minusStep, difference)
      unsafe g[unchecked: q] = next
      unsafe best.offer(next + allowed[unchecked: q], at: q)
    }
    for q in negative {
      let difference = unsafe k[unchecked: rowI &+ q] - k[unchecked: rowJ &+ q]
      let next = unsafe g[unchecked: q].addingProduct(minusStep, difference)
      unsafe g[unchecked: q] = next
      unsafe best.offer(next + allowed[unchecked: q], at: q)
    }
    return best.last
  }

  /// The position whose pair with i promises the largest decrease, and the smallest slack of all
  /// that may fall.
  @inline(never)
  private static func bestPartner(
    _ gi: Double, _ kii: Double, _ rows: [Quad], _ rowI: Int, _ diagonal: [Quad],
    _ slack: [Quad], _ down: [Quad], _ positive: Range<Int>, _ negative: Range<Int>
  ) -> (position: Int, lowest: Double) {
    let end = max(positive.upperBound, negative.upperBound)
    precondition(
      end <= slack.count && end <= down.count && end <= diagonal.count
        && rowI + end <= rows.count, "Vectors out of range")
    let (k, kd, g, allowed) = (rows.span, diagonal.span, slack.span, down.span)
    let (gis, kiis) = (Quad(repeating: gi), Quad(repeating: kii))
    let tiny = Quad(repeating: PairSolver.smallestCurvature)
    let zero = Quad(repeating: 0)
    var lowest = Quad(repeating: .infinity)
    var best = LaneMaximum(0)
    // Safe: the ends were checked.
    for q in positive {
      let candidate = unsafe g[unchecked: q] + allowed[unchecked: q]
      lowest = lowest.replacing(with: candidate, where: candidate .< lowest)
      let difference = larger(gis - candidate, zero)
      let curvature = unsafe (kiis + kd[unchecked: q])
        .addingProduct(Quad(repeating: -2), k[unchecked: rowI &+ q])
      let positive = tiny.replacing(with: curvature, where: curvature .> zero)
      best.offer(difference * difference / positive, at: q)
    }
    for q in negative {
      let candidate = unsafe g[unchecked: q] + allowed[unchecked: q]
      lowest = lowest.replacing(with: candidate, where: candidate .< lowest)
      let difference = larger(gis - candidate, zero)
      let curvature = unsafe (kiis + kd[unchecked: q])
        .addingProduct(Quad(repeating: -2), k[unchecked: rowI &+ q])
      let positive = tiny.replacing(with: curvature, where: curvature .> zero)
      best.offer(difference * difference / positive, at: q)
    }
    return (best.last.position, lowest.min())
  }
}

/// The largest number offered, and the last of the positions it stood at.
struct LaneMaximum {
  private var values: Lanes.Quad
  private var vectors = SIMD4<Int64>(repeating: 0)

  /// Starts below everything, or at a number that anything as large replaces.
  @inline(__always)
  init(_ start: Double = -.infinity) {
    values = Lanes.Quad(repeating: start)
  }

  /// Offers the four numbers of vector q, which come in ascending order of q.
  @inline(__always)
  mutating func offer(_ candidates: Lanes.Quad, at q: Int) {
    let isNew = candidates .>= values
    values.replace(with: candidates, where: isNew)
    vectors.replace(with: SIMD4(repeating: Int64(q)), where: isNew)
  }

  /// The maximum and its last position.
  @inline(__always)
  var last: (position: Int, value: Double) {
    var (value, position) = (values[0], 4 * Int(vectors[0]))
    for lane in 1..<4 {
      let other = 4 * Int(vectors[lane]) + lane
      if values[lane] > value || (values[lane] == value && other > position) {
        (value, position) = (values[lane], other)
      }
    }
    return (position, value)
  }
}
