/// Some of the rows of a `WorkingSetSolver`, and which of them violate the conditions most.
struct WorkingSetPart: Sendable {
  private let first: Int
  let count: Int
  /// Filled up to whole sixteens with rows that cannot move.
  var beta: [Double]
  var slack: [Double]
  let lower: [Double]
  let upper: [Double]

  /// The rows with the largest g that may rise, and with the largest −g that may fall.
  private(set) var rising: TopViolators
  private(set) var falling: TopViolators

  /// The largest g of a row that may rise, and the least of one that may fall.
  private(set) var highest = -Double.infinity
  private(set) var lowest = Double.infinity

  init(
    _ range: Range<Int>, beta: [Double], slack: [Double], lower: [Double], upper: [Double],
    limit: Int
  ) {
    let filler = [Double](repeating: 0, count: (16 - range.count % 16) % 16)
    (first, count) = (range.lowerBound, range.count)
    (self.beta, self.slack) = (beta[range] + filler, slack[range] + filler)
    (self.lower, self.upper) = (lower[range] + filler, upper[range] + filler)
    (rising, falling) = (TopViolators(limit), TopViolators(limit))
    rank()
  }

  /// Whether a row is off its bounds.
  func isFree(_ offset: Int) -> Bool {
    beta[offset] > lower[offset] && beta[offset] < upper[offset]
  }

  /// Finds the rows that violate most.
  mutating func rank() {
    rising.removeAll()
    falling.removeAll()
    (highest, lowest) = (-.infinity, .infinity)
    for offset in 0..<count {
      let g = slack[offset]
      if beta[offset] < upper[offset] {
        highest = max(highest, g)
        rising.offer(TopViolators.Violator(value: g, row: first + offset))
      }
      if beta[offset] > lower[offset] {
        lowest = min(lowest, g)
        falling.offer(TopViolators.Violator(value: -g, row: first + offset))
      }
    }
  }
}

/// Those of many rows that violate most, a few at most.
struct TopViolators: Sendable {
  /// A row, and by how much it violates.
  struct Violator: Sendable, Comparable {
    let value: Double
    let row: Int

    static func < (a: Violator, b: Violator) -> Bool {
      a.value > b.value || (a.value == b.value && a.row < b.row)
    }
  }

  private let limit: Int
  /// Those that may be among the first, in no order.
  private(set) var violators: [Violator] = []
  /// The least value that counts, once there are enough.
  private var threshold = -Double.infinity

  init(_ limit: Int) {
    self.limit = limit
    violators.reserveCapacity(2 * limit)
  }

  /// The largest first; of equal ones the smaller row.
  var sorted: ArraySlice<Violator> { violators.sorted().prefix(limit) }

  mutating func removeAll() {
    violators.removeAll(keepingCapacity: true)
    threshold = -.infinity
  }

  @inline(__always)
  mutating func offer(_ violator: Violator) {
    guard violator.value > threshold else { return }
    violators.append(violator)
    if violators.count == 2 * limit { cut() }
  }

  private mutating func cut() {
    violators.sort()
    violators.removeLast(violators.count - limit)
    threshold = violators[limit - 1].value
  }
}
