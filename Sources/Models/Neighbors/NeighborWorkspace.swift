/// Classifies the validation rows of small problems by nearest neighbours, one problem after another.
///
/// The predictions of `NearestNeighbors`, in lanes over four validation rows: each training row's
/// distance goes through a network that keeps the k smallest, then all rows within the k-th distance
/// vote. Where more than k are, because distances tie, the rows with the smaller indices are taken.
/// Distances have the bits of the plain loop; of many rows only those have one that estimates do not
/// rule out.
///
/// Complexity: O(n·d) estimates for each eight validation rows, and O(d + k) for each row they leave.
package struct NeighborWorkspace: Sendable {
  /// Training rows from which on estimates pay: of fewer, eight validation rows need nearly all.
  private static let estimatedCount = 192

  private let learner: NearestNeighbors
  private let shape: SeedBatch.Shape
  private var points: SortedPoints
  /// All training rows, where estimates choose among them.
  private var all: NeighborRows
  /// Those that are compared with the rows in work.
  private var near: NeighborRows
  private var estimates: NeighborEstimates
  /// The four rows in work, one a lane, feature by feature.
  private var query: [Quad]
  /// Distances of the rows in work to each row.
  private var distances: [Quad]
  /// The k smallest of them, ascending.
  private var nearest: [Quad]
  private var votes: [Quad]
  private var ties: [Int] = []

  /// Prepares for problems of a shape.
  package init(_ learner: NearestNeighbors, _ shape: SeedBatch.Shape) {
    (self.learner, self.shape) = (learner, shape)
    points = SortedPoints(shape)
    all = NeighborRows(shape)
    near = all
    let zero = Quad(repeating: 0)
    query = Array(repeating: zero, count: shape.featureCount)
    distances = Array(repeating: zero, count: shape.sampleCount)
    nearest = Array(repeating: zero, count: min(learner.neighborCount, shape.sampleCount))
    votes = Array(repeating: zero, count: shape.classCount)
    estimates = NeighborEstimates(shape, neighborCount: nearest.count)
  }

  /// Judges one lane of a batch on its validation rows.
  package mutating func fit(_ batch: SeedBatch, _ lane: Int, into fit: inout BatchFit) {
    points.load(batch, lane)
    fit.logLoss = nil
    fit.iterations = 0
    fit.outcome = points.presentCount < 2 ? .constant : .converged
    let rowCount = points.counts.reduce(0, +)
    let neighbors = min(learner.neighborCount, rowCount)
    var isEstimated = false
    if rowCount >= Self.estimatedCount {
      all.load(points)
      isEstimated = estimates.begin(all, batch, lane)
    }
    if !isEstimated { near.load(points) }
    for first in stride(from: 0, to: shape.validationCount, by: 4) {
      if isEstimated, first % NeighborEstimates.queryCount == 0 {
        let count = estimates.find(batch, lane, from: first)
        near.load(estimates.places, count: count, of: all)
      }
      judge(batch, lane, first, neighbors, into: &fit.predicted)
    }
  }

  /// Judges four validation rows.
  private mutating func judge(
    _ batch: SeedBatch, _ lane: Int, _ first: Int, _ neighbors: Int, into predicted: inout [Int]
  ) {
    let last = shape.validationCount - 1
    load(batch, lane, first, min(first + 1, last), min(first + 2, last), min(first + 3, last))
    let farthest = neighbors > 0 ? findDistances(neighbors) : Quad(repeating: -1)
    let counts = countVotes(within: farthest)
    for offset in 0..<min(4, shape.validationCount - first) {
      if Int(counts[offset]) > neighbors { settleTie(offset, neighbors, farthest[offset]) }
      predicted[first + offset] = winner(offset)
    }
  }

  private mutating func load(
    _ batch: SeedBatch, _ lane: Int, _ r0: Int, _ r1: Int, _ r2: Int, _ r3: Int
  ) {
    let rows = shape.validationCount
    let source = batch.validationColumns
    for j in 0..<shape.featureCount {
      query[j] = Quad(
        source[j * rows + r0][lane], source[j * rows + r1][lane], source[j * rows + r2][lane],
        source[j * rows + r3][lane])
    }
  }

  /// Writes all distances and returns the k-th smallest of each lane.
  private mutating func findDistances(_ k: Int) -> Quad {
    for index in nearest.indices { nearest[index] = Quad(repeating: .infinity) }
    for label in 0..<shape.classCount {
      if k <= 5 {
        Self.scan5(near.points, query, near.places(of: label), into: &distances, &nearest)
      } else {
        Self.scan(near.points, query, near.places(of: label), into: &distances, &nearest)
      }
    }
    return nearest[k - 1]
  }

  /// Sums up the weights of each class within the distance and returns the number of rows there.
  private mutating func countVotes(within farthest: Quad) -> Quad {
    var count = Quad(repeating: 0)
    for label in 0..<shape.classCount {
      let places = near.places(of: label)
      let rows = Self.count(distances, places, within: farthest)
      votes[label] =
        near.hasUnitWeights
        ? rows : Self.weight(distances, near.weights, places, within: farthest)
      count += rows
    }
    return count
  }

  /// Votes again in one lane, where of the rows at the k-th distance only the first may vote.
  private mutating func settleTie(_ lane: Int, _ k: Int, _ farthest: Double) {
    ties.removeAll(keepingCapacity: true)
    var nearer = 0
    for place in 0..<near.count {
      let distance = distances[place][lane]
      if distance < farthest { nearer += 1 }
      if distance == farthest { ties.append(near.rows[place]) }
    }
    ties.sort()
    let lastRow = ties[k - nearer - 1]
    for label in 0..<shape.classCount {
      var sum = 0.0
      for place in near.places(of: label) {
        let distance = distances[place][lane]
        if distance < farthest || (distance == farthest && near.rows[place] <= lastRow) {
          sum += near.hasUnitWeights ? 1 : near.weights[place]
        }
      }
      votes[label][lane] = sum
    }
  }

  /// The class with the largest share, the smaller one on a tie.
  private func winner(_ lane: Int) -> Int {
    var total = 0.0
    for label in votes.indices { total += votes[label][lane] }
    var (best, most) = (0, -1.0)
    for label in votes.indices {
      let share = total > 0 ? votes[label][lane] / total : votes[label][lane]
      if share > most { (best, most) = (label, share) }
    }
    return best
  }
}

extension NeighborWorkspace {
  /// Distances to a run of rows, and the five smallest so far, ascending.
  ///
  /// The five stay in registers: ten operations a row and four rows.
  private static func scan5(
    _ points: [Double], _ query: [Quad], _ range: Range<Int>, into distances: inout [Quad],
    _ nearest: inout [Quad]
  ) {
    let d = query.count
    precondition(
      range.upperBound * d <= points.count && range.upperBound <= distances.count,
      "Rows \(range) out of range")
    let (x, q) = (points.span, query.span)
    var output = distances.mutableSpan
    let slots = nearest.count
    var n0 = slots > 0 ? nearest[0] : Quad(repeating: .infinity)
    var n1 = slots > 1 ? nearest[1] : Quad(repeating: .infinity)
    var n2 = slots > 2 ? nearest[2] : Quad(repeating: .infinity)
    var n3 = slots > 3 ? nearest[3] : Quad(repeating: .infinity)
    var n4 = slots > 4 ? nearest[4] : Quad(repeating: .infinity)
    for row in range {
      // Safe: the ends were checked.
      var sum = Quad(repeating: 0)
      for j in 0..<d {
        let difference = unsafe q[unchecked: j] - Quad(repeating: x[unchecked: row &* d &+ j])
        sum += difference * difference
      }
      unsafe output[unchecked: row] = sum
      (n0, sum) = sorted(n0, sum)
      (n1, sum) = sorted(n1, sum)
      (n2, sum) = sorted(n2, sum)
      (n3, sum) = sorted(n3, sum)
      (n4, sum) = sorted(n4, sum)
    }
    if slots > 0 { nearest[0] = n0 }
    if slots > 1 { nearest[1] = n1 }
    if slots > 2 { nearest[2] = n2 }
    if slots > 3 { nearest[3] = n3 }
    if slots > 4 { nearest[4] = n4 }
  }

  /// Distances to a run of rows, and the smallest so far, ascending.
  private static func scan(
    _ points: [Double], _ query: [Quad], _ range: Range<Int>, into distances: inout [Quad],
    _ nearest: inout [Quad]
  ) {
    let d = query.count
    precondition(
      range.upperBound * d <= points.count && range.upperBound <= distances.count,
      "Rows \(range) out of range")
    let (x, q) = (points.span, query.span)
    var output = distances.mutableSpan
    var slots = nearest.mutableSpan
    for row in range {
      // Safe: the ends were checked.
      var sum = Quad(repeating: 0)
      for j in 0..<d {
        let difference = unsafe q[unchecked: j] - Quad(repeating: x[unchecked: row &* d &+ j])
        sum += difference * difference
      }
      unsafe output[unchecked: row] = sum
      for slot in slots.indices {
        (slots[slot], sum) = sorted(slots[slot], sum)
      }
    }
  }

  /// Two numbers in ascending order, lane by lane.
  @inline(__always)
  private static func sorted(_ a: Quad, _ b: Quad) -> (Quad, Quad) {
    let isLess = b .< a
    return (a.replacing(with: b, where: isLess), b.replacing(with: a, where: isLess))
  }

  /// The number of rows of a run within a distance.
  private static func count(
    _ distances: [Quad], _ range: Range<Int>, within farthest: Quad
  ) -> Quad {
    precondition(range.upperBound <= distances.count, "Rows \(range) out of range")
    let x = distances.span
    let zero = Quad(repeating: 0)
    var count = zero
    for row in range {
      // Safe: the end was checked.
      count += unsafe zero.replacing(with: 1, where: x[unchecked: row] .<= farthest)
    }
    return count
  }

  /// The weight of the rows of a run within a distance.
  private static func weight(
    _ distances: [Quad], _ weights: [Double], _ range: Range<Int>, within farthest: Quad
  ) -> Quad {
    let zero = Quad(repeating: 0)
    return range.reduce(zero) { sum, row in
      sum
        + zero.replacing(
          with: Quad(repeating: weights[row]), where: distances[row] .<= farthest)
    }
  }
}
