import Datasets
import Models
import Poisoning
import Statistics
import Sweeps
import TestSupport
import Testing

/// Iris accuracies that were measured with scikit-learn 1.5.2, reproduced from our own draws.
///
/// Set-up of both: 30 % validate, stratified; standard scaler fitted on the poisoned rows; softmax
/// with C = 1, RBF SVM with C = 1 and gamma `scale`, 5 nearest neighbours; nested poison. Since the
/// seeds are other ones, two means differ by their standard errors, and by half a unit of the last
/// digit the reference was printed with.
@Suite(
  .enabled(if: isOptimizedBuild, "40,000 fits take many minutes without optimisation"), .tags(.slow)
)
struct PublishedAccuracyTests {
  private static let seedCount = 1000
  private static let models: [String] = ["softmax", "rbf-svm", "knn"]

  /// Mean and standard deviation in percent.
  struct Value {
    let mean: Double
    let sd: Double

    init(_ mean: Double, _ sd: Double) {
      self.mean = mean
      self.sd = sd
    }
  }

  private static func cells(
    _ attacks: [any Attack], _ shares: [Double]
  ) throws -> [CellSummary] {
    let study = try Study(
      dataset: EmbeddedDataset.iris.load(), validationShare: 0.3,
      conditions: attacks.flatMap { attack in
        try shares.map { share in Condition(attack: attack, level: try PoisonLevel(share)) }
      },
      models: models.map { kind in try ModelChoice(kind) })
    return StudyEngine(study, threads: 2).summaries(seedCount: seedCount)
  }

  /// Our mean minus theirs over the standard error of the difference, after rounding.
  private static func score(
    _ moments: RunningMoments, _ mean: Double, standardError: Double, rounding: Double
  ) -> Double {
    let own = 100 * (moments.standardDeviation ?? 0) / Double(moments.count).squareRoot()
    let difference = abs(100 * moments.mean - mean)
    let error = (standardError * standardError + own * own).squareRoot()
    return max(0, difference - rounding) / error
  }

  /// Uniform noise at 0, 5, 10 and 50 %: softmax, RBF SVM, 5-NN; 200 seeds.
  private static let accuracies: [[Value]] = [
    [Value(95.52, 2.70), Value(95.88, 2.56), Value(95.00, 2.83)],
    [Value(95.10, 3.21), Value(95.86, 2.55), Value(95.28, 2.76)],
    [Value(94.32, 3.62), Value(95.79, 2.80), Value(95.21, 2.74)],
    [Value(86.80, 5.59), Value(93.99, 3.98), Value(94.39, 3.38)],
  ]
  private static let macroF1s: [[Value]] = [
    [Value(95.51, 2.70), Value(95.88, 2.56), Value(94.99, 2.84)],
    [Value(95.09, 3.22), Value(95.85, 2.55), Value(95.27, 2.77)],
    [Value(94.31, 3.63), Value(95.78, 2.81), Value(95.20, 2.75)],
    [Value(86.35, 6.05), Value(93.94, 4.05), Value(94.35, 3.44)],
  ]
  /// Paired drops of accuracy from 0 % in points, at 5, 10 and 50 %, and their standard errors.
  private static let drops: [[Value]] = [
    [Value(0.42, 0.15), Value(0.02, 0.11), Value(-0.28, 0.11)],
    [Value(1.20, 0.20), Value(0.09, 0.14), Value(-0.21, 0.13)],
    [Value(8.72, 0.38), Value(1.89, 0.26), Value(0.61, 0.24)],
  ]

  /// All 24 means and 9 drops hold at once with a probability of 98 %, were both implementations
  /// the same: 1 % of false alarms in each family, shared out after Bonferroni, two-sided.
  @Test func uniformNoiseCostsWhatItCostScikitLearn() throws {
    let dataset = EmbeddedDataset.iris.load()
    let cells = try Self.cells([UniformNoise(rangeOf: dataset.features)], [0, 0.05, 0.1, 0.5])
    // Φ⁻¹(1 − 0.01/48) and Φ⁻¹(1 − 0.01/18).
    let (meanLimit, dropLimit) = (3.529, 3.261)
    for (index, cell) in cells.enumerated() {
      let (level, model) = (index / 3, index % 3)
      let name = "\(cell.model) at \(cell.level)"
      for (moments, value) in [
        (cell.accuracy, Self.accuracies[level][model]),
        (cell[.macroF1], Self.macroF1s[level][model]),
      ] {
        let z = Self.score(
          moments, value.mean, standardError: value.sd / 200.0.squareRoot(), rounding: 0.005)
        #expect(z <= meanLimit, "\(name): \(100 * moments.mean) against \(value.mean), z = \(z)")
      }
      guard level > 0 else { continue }
      let drop = Self.drops[level - 1][model]
      let z = Self.score(
        cell.accuracyDrop, drop.mean, standardError: drop.sd, rounding: 0.005)
      #expect(z <= dropLimit, "\(name): \(100 * cell.accuracyDrop.mean) against \(drop.mean)")
    }
  }

  /// Accuracies over 80 seeds at 5, 10 and 50 %, whose spread was not printed: ours stands in.
  private static let others: [(attack: String, means: [[Double]])] = [
    ("uniform:label=random", [[94.4, 95.9, 95.3], [93.2, 95.8, 95.2], [84.8, 93.4, 94.3]]),
    ("pair", [[95.2, 95.9, 94.2], [94.6, 95.6, 93.5], [47.0, 50.4, 49.1]]),
    ("flip", [[93.7, 95.7, 94.4], [90.8, 95.4, 93.8], [67.0, 76.5, 59.6]]),
    ("relabel", [[94.9, 95.9, 94.2], [90.2, 95.4, 92.4], [34.8, 33.4, 38.4]]),
    ("out-of-range", [[84.7, 93.5, 95.7], [73.4, 90.8, 95.6], [38.8, 46.5, 95.6]]),
  ]

  /// All 45 means hold at once with a probability of 99 %; see above.
  @Test func otherAttacksCostWhatTheyCostScikitLearn() throws {
    let dataset = EmbeddedDataset.iris.load()
    let attacks = try Self.others.map { try AttackCatalog.attack($0.attack, for: dataset) }
    let cells = try Self.cells(attacks, [0.05, 0.1, 0.5])
    let limit = 3.692  // Φ⁻¹(1 − 0.01/90)
    for (index, cell) in cells.enumerated() {
      let mean = Self.others[index / 9].means[index / 3 % 3][index % 3]
      let deviation = 100 * (cell.accuracy.standardDeviation ?? 0)
      let z = Self.score(
        cell.accuracy, mean, standardError: deviation / 80.0.squareRoot(), rounding: 0.05)
      let name = "\(cell.attackName), \(cell.model) at \(cell.level)"
      #expect(z <= limit, "\(name): \(100 * cell.accuracy.mean) against \(mean), z = \(z)")
    }
  }
}
