import Statistics
import Sweeps

/// Sums of whole numbers, one a seed, and of their squares.
struct DifferenceSum: Sendable {
  private var count = 0
  private var sum = 0
  private var squareSum = 0

  mutating func add(_ difference: Int) {
    count += 1
    sum += difference
    squareSum += difference * difference
  }

  /// The moments of the numbers divided by `divisor`.
  func moments(divisor: Int) -> RunningMoments {
    RunningMoments(count: count, sum: sum, squareSum: squareSum, divisor: divisor)
  }
}
