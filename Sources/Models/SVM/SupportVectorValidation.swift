/// The validation rows of a small problem in lanes, and what support vector machines say of them.
struct SupportVectorValidation: Sendable {
  private let shape: SeedBatch.Shape
  private let vectors: Int
  /// Feature j of row 4q + l is lane l of `columns[j · vectors + q]`.
  private var columns: [Quad]
  /// Kernel values of the support vectors against the rows: `vectors` long each.
  private var kernels: [Quad] = []
  private var supports: [Int] = []
  private var isSupport: [Bool]
  private var decisions: [Quad]
  private var votes: [Quad]

  init(_ shape: SeedBatch.Shape) {
    self.shape = shape
    vectors = (shape.validationCount + 3) / 4
    let zero = Quad(repeating: 0)
    columns = Array(repeating: zero, count: vectors * shape.featureCount)
    decisions = Array(repeating: zero, count: vectors)
    votes = Array(repeating: zero, count: vectors * shape.classCount)
    isSupport = Array(repeating: false, count: SortedPoints(shape).vectorCapacity * 4)
  }

  /// Takes the validation rows of a lane, their features multiplied.
  ///
  /// The last vector is filled up with the last row.
  mutating func begin(_ batch: SeedBatch, _ lane: Int, scaledBy factor: Double) {
    for position in isSupport.indices { isSupport[position] = false }
    let rows = shape.validationCount
    let source = batch.validationColumns
    for q in 0..<vectors {
      let (r0, r1) = (4 * q, min(4 * q + 1, rows - 1))
      let (r2, r3) = (min(4 * q + 2, rows - 1), min(4 * q + 3, rows - 1))
      for j in 0..<shape.featureCount {
        columns[j * vectors + q] =
          factor
          * Quad(
            source[j * rows + r0][lane], source[j * rows + r1][lane],
            source[j * rows + r2][lane], source[j * rows + r3][lane])
      }
    }
  }

  /// The class with most votes for each row, the smaller one on a tie.
  ///
  ///     f(x) = Σ β_s·k(x_s, x) + b   of each pair (a, b);   f > 0 votes for a
  mutating func predict(
    _ kernel: KernelFunction, _ points: SortedPoints, _ coefficients: [Double],
    _ intercepts: [Double], into predicted: inout [Int]
  ) {
    supports.removeAll(keepingCapacity: true)
    for position in isSupport.indices where isSupport[position] { supports.append(position) }
    let d = shape.featureCount
    if kernels.count < supports.count * vectors {
      kernels = Array(repeating: Quad(repeating: 0), count: supports.count * vectors)
    }
    for (index, position) in supports.enumerated() {
      kernel.write(
        points.points, at: position * d, columns, first: 0, stride: vectors,
        count: vectors, featureCount: d, into: &kernels, at: index * vectors)
    }
    for index in votes.indices { votes[index] = Quad(repeating: 0) }
    var pair = 0
    for a in 0..<shape.classCount {
      for b in a + 1..<max(shape.classCount, a + 1) {
        if points.isPresent(a), points.isPresent(b) {
          let base = pair * points.vectorCapacity * 4
          for index in decisions.indices {
            decisions[index] = Quad(repeating: intercepts[pair])
          }
          for (index, position) in supports.enumerated()
          where isOf(position, a, b, points) && coefficients[base + position] != 0 {
            Self.add(
              coefficients[base + position], kernels, index * vectors, to: &decisions)
          }
          count(a, b)
        }
        pair += 1
      }
    }
    for row in 0..<shape.validationCount {
      var (best, most) = (0, -1.0)
      for label in 0..<shape.classCount where points.isPresent(label) {
        let vote = votes[label * vectors + row / 4][row % 4]
        if vote > most { (best, most) = (label, vote) }
      }
      predicted[row] = best
    }
  }

  /// Marks the positions that a pair uses.
  mutating func mark(
    _ a: Int, _ b: Int, _ points: SortedPoints, _ coefficients: [Double], from base: Int
  ) {
    for half in 0..<2 {
      for position in points.positions(of: half == 0 ? a : b)
      where coefficients[base + position] != 0 { isSupport[position] = true }
    }
  }

  private func isOf(_ position: Int, _ a: Int, _ b: Int, _ points: SortedPoints) -> Bool {
    let q = position / 4
    return (points.starts[a]..<points.starts[a + 1]).contains(q)
      || (points.starts[b]..<points.starts[b + 1]).contains(q)
  }

  private static func add(
    _ coefficient: Double, _ kernels: [Quad], _ start: Int, to decisions: inout [Quad]
  ) {
    precondition(start + decisions.count <= kernels.count, "Kernel values out of range")
    let values = kernels.span
    var sums = decisions.mutableSpan
    let beta = Quad(repeating: coefficient)
    for q in sums.indices {
      // Safe: the end was checked.
      unsafe sums[unchecked: q] = sums[unchecked: q].addingProduct(
        beta, values[unchecked: start &+ q])
    }
  }

  /// Gives the votes of a pair.
  private mutating func count(_ a: Int, _ b: Int) {
    for q in 0..<vectors {
      let isA = decisions[q] .> 0
      let vote = Quad(repeating: 0).replacing(with: 1, where: isA)
      votes[a * vectors + q] += vote
      votes[b * vectors + q] += 1 - vote
    }
  }
}
