import Datasets
import LinAlg
import Models
import Poisoning
import Statistics
import StudySupport
import Sweeps
import TestSupport
import Testing

/// What flips cost five nearest neighbours that all have the class of the row they vote on.
///
/// With j of the five flipped, uniform flips among K = 3 classes leave the row right when j ≤ 2. For
/// j = 3, three quarters of the draws give votes 2 : 2 : 1, of which a fair tie is half right:
///
///     P(right) = P(j ≤ 2) + 3/8·P(j = 3);     cyclic flips: P(right) = P(j ≤ 2), there are no ties
///
/// Our ties go to the smaller class: class 0 wins all of its own, class 1 half, class 2 none. With
/// as many validation rows of each class that is half again.
///
/// An exact budget of k among n rows makes j hypergeometric. Five draws with replacement, which the
/// published numbers are for, differ only when they fall on one row twice: with a probability of at
/// most 10/n.
@Suite(
  .enabled(if: isOptimizedBuild, "120,000 fits take minutes without optimisation"), .tags(.slow))
struct NeighborFlipTests {
  private static let shares = [0.05, 0.1, 0.5]
  private static let seedCount = 20_000
  private static let trainingCount = 300

  /// For independent flips, with a random tie; poisoning.md, 5.1, recomputed there.
  private static let published: [(attack: String, right: [Double])] = [
    ("flip", [0.99926, 0.99448, 0.61719]), ("pair", [0.99884, 0.99144, 0.50000]),
  ]

  /// Three clusters of 110 rows, 100 standard deviations apart.
  private static func clusters() throws -> Dataset {
    var features: Matrix<Double> = normalMatrix(330, 2, seed: 5)
    for row in 110..<330 { features[row, row < 220 ? 0 : 1] += 100 }
    return try Dataset(
      name: "clusters", features: features, labels: (0..<330).map { $0 / 110 },
      classNames: ["a", "b", "c"], featureNames: ["x", "y"], targetName: "t")
  }

  /// C(k, j)·C(n − k, 5 − j) / C(n, 5), one drawn row after another.
  private static func hypergeometric(_ j: Int, of k: Int, among n: Int) -> Double {
    let choices = [1.0, 5, 10, 10, 5, 1][j]
    let flipped = (0..<j).reduce(1.0) { $0 * Double(k - $1) }
    let clean = (0..<5 - j).reduce(1.0) { $0 * Double(n - k - $1) }
    return choices * flipped * clean / (0..<5).reduce(1.0) { $0 * Double(n - $1) }
  }

  /// Any cell fails by chance with a probability of 10⁻⁶, were all means normal.
  ///
  /// They are means of some hundred independent errors at least, whose skewness raises that to less
  /// than 10⁻⁵.
  @Test func flipsCostWhatTheMultinomialSays() throws {
    let dataset = try Self.clusters()
    let study = try Study(
      dataset: dataset, validationShare: 1.0 / 11,
      conditions: conditions(Self.published.map(\.attack), Self.shares, for: dataset),
      models: [ModelChoice("knn")])
    try #require(study.trainingCount == Self.trainingCount && study.validationCount == 30)
    let cells = StudyEngine(study, threads: 2).summaries(seedCount: Self.seedCount)
    let limit = 5.233  // Φ⁻¹(1 − 10⁻⁶/12)
    let n = Self.trainingCount
    for (index, cell) in cells.enumerated() {
      let (row, level) = (Self.published[index / 3], index % 3)
      let k = study.poisonedCounts[index]
      try #require(k == Int((Self.shares[level] * Double(n)).rounded()))
      let chances = (0...3).map { Self.hypergeometric($0, of: k, among: n) }
      let tie = row.attack == "flip" ? 0.375 * chances[3] : 0
      let right = chances[0] + chances[1] + chances[2] + tie
      let name: Comment = "\(row.attack) at \(cell.level): \(cell.accuracy.mean), not \(right)"
      #expect(abs(right - row.right[level]) <= 10 / Double(n) + 0.5e-5, name)
      let deviation = try #require(cell.accuracy.standardDeviation)
      let error = deviation / Double(Self.seedCount).squareRoot()
      #expect(abs(cell.accuracy.mean - right) <= limit * error, name)
    }
  }
}
