package import LinAlg
package import Models
import Statistics

/// A way to say how far rows lie from others.
package enum OutlierScore: Sendable, Equatable {
  /// See `IsolationForest`.
  case isolationForest(treeCount: Int, sampleLimit: Int)
  /// See `OneClassMachine`; the score is how far outside a row lies.
  case oneClassMachine(nu: Double, kernel: Kernel)
  /// See `LocalOutlierFactor`; the score is its logarithm.
  case localOutlierFactor(neighborCount: Int)
  /// The mean distance to the k nearest others, as a logarithm.
  case neighborDistance(neighborCount: Int)
  /// The distance from the mean of all rows; the score is D^⅔, which is nearly normal.
  case mahalanobis
  /// The distance from the `MinimumCovariance` of the rows, as D^⅔.
  case minimumCovariance

  /// The score at which the method itself draws the line, for d features; nil where it has none.
  ///
  /// Forests: ½. One-class machines: beyond the border of their region by what the border is known to.
  /// LOF: 1.5, as in scikit-learn. Mahalanobis distances: the 97.5 % quantile of χ²_d.
  func line(featureCount: Int) -> Double? {
    switch self {
    case .isolationForest: 0.5
    case .oneClassMachine: OneClassMachine.tolerance
    case .localOutlierFactor: Lanes.log(1.5)
    case .neighborDistance: nil
    case .mahalanobis, .minimumCovariance:
      Lanes.exp(
        Lanes.log(ChiSquared(degreesOfFreedom: Double(max(featureCount, 1))).quantile(0.975)) / 3)
    }
  }

  /// The score up to which no alpha removes a row.
  ///
  /// A one-class machine has a tenth of the rows on the border of its region, all with the same score
  /// but for rounding, and most limits lie there.
  var floor: Double {
    if case .oneClassMachine = self { OneClassMachine.tolerance } else { -.infinity }
  }

  /// The least number of rows that can be judged.
  ///
  /// Of d + 1 rows all are equally far from their mean, by their covariance; where all others are
  /// neighbours of a row, its LOF falls with its distance.
  package func smallestCount(featureCount: Int) -> Int {
    switch self {
    case .mahalanobis, .minimumCovariance: max(4, featureCount + 2)
    case .localOutlierFactor(let count): max(4, count + 2)
    case .isolationForest, .oneClassMachine, .neighborDistance: 4
    }
  }

  /// Whether scores are the same in any basis of the features.
  var isAffineInvariant: Bool { self == .mahalanobis || self == .minimumCovariance }

  /// Whether scores are the same in any units of the features.
  var isUnitless: Bool {
    if case .isolationForest = self { true } else { isAffineInvariant }
  }

  /// The scores that are standardised by their spread.
  ///
  /// Where a tenth of the rows are poisoned, q₀.₂₀ and q₀.₆₅ are at a rank of clean rows that is off by
  /// less than a tenth; the quartile above the median is at 0.83 instead of 0.75, and as the tail is
  /// long, the spread grows by a quarter. Forests need it nonetheless: they see all classes at once,
  /// and how those lie decides what the lower scores are.
  package var spread: ClosedRange<Double> {
    if case .isolationForest = self { 0.5...0.75 } else { 0.2...0.65 }
  }

  /// Rows beyond which the tail of the scores does not change much.
  var referenceLimit: Int {
    switch self {
    case .isolationForest(_, let sampleLimit): max(1_024, 4 * sampleLimit)
    case .localOutlierFactor(let count), .neighborDistance(let count): max(1_024, 16 * count)
    case .oneClassMachine, .mahalanobis, .minimumCovariance: 1_024
    }
  }

  /// How many rows a simulation of the scores is to have in the tail: their share of all is then
  /// within a tenth of what is wanted, or a sixth where more would take seconds.
  func referenceTail(featureCount: Int) -> Int {
    self == .minimumCovariance && featureCount > 12 ? 40 : 100
  }

  /// The scores of rows, and those of others beside them.
  package struct Result {
    /// One score a row.
    package let scores: [Double]

    /// One score of each of the others.
    package let otherScores: [Double]
  }

  /// Rows of a one-class machine beyond which it is made for a sample: its time grows with n².
  static let machineLimit = 5_000

  /// Scores n rows (n × d, n ≥ 1) and m others by what the n rows look like.
  package func scores(
    of rows: Matrix<Double>, others: Matrix<Double>, _ suspects: Suspects, part: Int, threads: Int
  ) -> Result {
    switch self {
    case .isolationForest(let treeCount, let sampleLimit):
      let forest = IsolationForest(
        on: rows, treeCount: treeCount, sampleLimit: sampleLimit, key: suspects.key,
        purpose: .isolationForest(part), seed: suspects.seed, threads: threads)
      return Result(scores: forest.scores, otherScores: forest.scores(of: others))
    case .oneClassMachine(let nu, let kernel):
      return machineScores(rows, others, nu, kernel, suspects, part, threads)
    case .localOutlierFactor(let count):
      let factor = LocalOutlierFactor(of: rows, neighborCount: count, threads: threads)
      return Result(
        scores: factor.scores.map(Self.logarithm),
        otherScores: factor.scores(of: others, threads: threads).map(Self.logarithm))
    case .neighborDistance(let count):
      return Result(
        scores: Self.distances(
          NeighborTable(of: rows, neighborCount: count, threads: threads), rows.rows),
        otherScores: Self.distances(
          NeighborTable(of: others, among: rows, neighborCount: count, threads: threads),
          others.rows))
    case .mahalanobis:
      return Self.distances(Scatter(of: rows, rows: Array(0..<rows.rows)), rows, others)
    case .minimumCovariance:
      var stream = suspects.stream(.minimumCovariance, row: part)
      let estimate = MinimumCovariance(of: rows, &stream, threads: threads)
      return Self.distances(estimate.scatter, rows, others)
    }
  }

  private func machineScores(
    _ rows: Matrix<Double>, _ others: Matrix<Double>, _ nu: Double, _ kernel: Kernel,
    _ suspects: Suspects, _ part: Int, _ threads: Int
  ) -> Result {
    var stream = suspects.stream(.oneClassSample, row: part)
    let isSampled = rows.rows > Self.machineLimit
    let learnt =
      isSampled
      ? rows.selectingRows(stream.permutation(of: rows.rows, prefix: Self.machineLimit).sorted())
      : rows
    let machine = OneClassMachine(learnt, nu: nu, kernel: kernel)
    let values =
      isSampled ? machine.decisionValues(rows, threads: threads) : machine.decisionValues
    return Result(
      scores: values.map { -$0 },
      otherScores: machine.decisionValues(others, threads: threads).map { -$0 })
  }

  private static func distances(_ table: NeighborTable, _ count: Int) -> [Double] {
    let k = table.neighborCount
    guard k > 0 else { return Array(repeating: 0, count: count) }
    return (0..<count).map { row in
      var sum = 0.0
      for place in row * k..<(row + 1) * k { sum += table.squaredDistances[place].squareRoot() }
      return logarithm(sum / Double(k))
    }
  }

  private static func distances(
    _ scatter: Scatter, _ rows: Matrix<Double>, _ others: Matrix<Double>
  ) -> Result {
    let power = { (squared: Double) in Lanes.exp(Lanes.log(max(squared, 1e-300)) / 3) }
    return Result(
      scores: scatter.squaredDistances(of: rows).map(power),
      otherScores: scatter.squaredDistances(of: others).map(power))
  }

  /// A logarithm that is finite for every number that is not negative.
  private static func logarithm(_ value: Double) -> Double {
    Lanes.log(min(max(value, 1e-12), 1e300))
  }
}
