package import Statistics

/// A measure over a number of seeds.
package enum MeasureSum: Sendable, Equatable {
  /// Exact sums of numbers of rows, which do not depend on any order.
  case counts(CountSums)

  /// Moments, added in the order of seeds.
  case moments(RunningMoments)

  /// Takes the value of a fit, a number of rows for counts.
  package mutating func add(_ value: Double) {
    switch self {
    case .counts(var sums):
      sums.add(Int(value))
      self = .counts(sums)
    case .moments(var moments):
      moments.add(value)
      self = .moments(moments)
    }
  }

  /// Takes the seeds that follow.
  mutating func merge(_ next: MeasureSum) {
    switch (self, next) {
    case (.counts(var sums), .counts(let more)):
      sums += more
      self = .counts(sums)
    case (.moments(var moments), .moments(let more)):
      moments.merge(more)
      self = .moments(moments)
    default: preconditionFailure("Sums of two measures")
    }
  }

  /// The moments of shares of so many rows.
  func moments(of rows: Int) -> RunningMoments {
    switch self {
    case .counts(let sums): sums.moments(of: rows)
    case .moments(let moments): moments
    }
  }
}

/// How many whole numbers there were, their sum and that of their squares.
package struct CountSums: Sendable, Equatable {
  /// How many.
  package var count = 0

  /// Their sum.
  package var sum = 0

  /// The sum of their squares.
  package var squareSum = 0

  /// Nothing yet, or what was summed before.
  package init(count: Int = 0, sum: Int = 0, squareSum: Int = 0) {
    (self.count, self.sum, self.squareSum) = (count, sum, squareSum)
  }

  /// Takes a number.
  package mutating func add(_ value: Int) {
    count += 1
    sum += value
    squareSum += value * value
  }

  /// The moments of the numbers divided by `divisor`.
  package func moments(of divisor: Int) -> RunningMoments {
    RunningMoments(count: count, sum: sum, squareSum: squareSum, divisor: divisor)
  }

  static func += (total: inout CountSums, next: CountSums) {
    total.count += next.count
    total.sum += next.sum
    total.squareSum += next.squareSum
  }
}
