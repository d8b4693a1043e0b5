public import Models
import Statistics

/// What is kept of a cell over a number of seeds: the sums of all measures.
///
/// Moments are added in the order of seeds within a block and merged in the order of blocks, so they are the
/// same bits however the work was shared out.
public struct CellTally: Sendable, Equatable {
  /// In the order of `Measure.allCases`.
  package var sums = Self.nothing

  /// Confusion matrices, summed.
  public package(set) var confusion: ConfusionMatrix

  /// Number of fits by how they ended, in the order of `FitReport.Outcome.allCases`.
  public package(set) var outcomeCounts = [Int](
    repeating: 0, count: FitReport.Outcome.allCases.count)

  /// Iterations of the solver.
  public package(set) var iterationSum = 0

  private static let nothing: [MeasureSum] = Measure.rows.map {
    $0.counts == nil ? .moments(RunningMoments()) : .counts(CountSums())
  }

  /// Nothing yet, for K classes.
  public init(classCount: Int) {
    confusion = ConfusionMatrix(classCount: classCount)
  }

  /// Number of seeds.
  public var seedCount: Int { self[counts: .accuracy].count }

  /// The sums of a measure that is a share of validation rows.
  package subscript(counts measure: Measure) -> CountSums {
    guard case .counts(let sums) = sums[measure.rawValue] else {
      preconditionFailure("\(measure) is not a share of validation rows")
    }
    return sums
  }

  /// Adds one fit, all but its confusion matrix.
  mutating func add(_ fit: FitComparison) {
    for measure in Measure.allCases {
      if let value = measure.value(fit) { sums[measure.rawValue].add(value) }
    }
    outcomeCounts[fit.own.outcome.position] += 1
    iterationSum += fit.own.iterations
  }

  /// Adds what is kept of the seeds that follow.
  package static func += (total: inout CellTally, next: CellTally) {
    for index in total.sums.indices { total.sums[index].merge(next.sums[index]) }
    total.confusion += next.confusion
    for index in total.outcomeCounts.indices {
      total.outcomeCounts[index] += next.outcomeCounts[index]
    }
    total.iterationSum += next.iterationSum
  }
}

extension FitReport.Outcome {
  /// The place among all cases.
  package var position: Int {
    switch self {
    case .converged: 0
    case .iterationLimit: 1
    case .overflow: 2
    case .constant: 3
    }
  }
}
