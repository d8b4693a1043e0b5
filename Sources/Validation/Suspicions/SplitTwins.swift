package import Datasets

/// How many of the rows that models are judged on have a twin, label and all, among those trained on.
///
/// Of class c with n_c rows, v_c are drawn to be judged on and t_c for nobody to train on. A row that is
/// one of g equal ones is judged on with probability v_c/n_c, and then none of its twins is trained on
/// with probability
///
///     Π (v_c + t_c − i) / (n_c − i),   i = 1 … g − 1.
///
/// Where groups stay together there is no such formula, and a few splits are drawn.
package struct SplitTwins {
  /// Number of rows that are equal to another.
  package let rowCount: Int

  /// Number of validation rows with a twin among the training rows, on average over splits.
  package let expectedCount: Double

  /// Counts the twins across splits that take `validation` and `trusted` rows of each class.
  ///
  /// - Complexity: O(rows in groups).
  package init(
    _ groups: [[Int]], labels: [Int], classCounts: [Int], validation: [Int], trusted: [Int]
  ) {
    rowCount = groups.reduce(0) { $0 + $1.count }
    expectedCount = groups.reduce(0) { sum, group in
      let c = labels[group[0]]
      let (n, spared) = (Double(classCounts[c]), Double(validation[c] + trusted[c]))
      var apart = 1.0
      for i in 1..<group.count where apart > 0 {
        apart *= max(spared - Double(i), 0) / (n - Double(i))
      }
      return sum + Double(group.count) * Double(validation[c]) / n * (1 - apart)
    }
  }

  /// How many splits are drawn.
  private static let drawCount = 32

  /// Counts the twins across splits that are drawn.
  ///
  /// - Complexity: O(splits × n).
  package init(_ groups: [[Int]], drawing splitter: StratifiedSplitter) {
    rowCount = groups.reduce(0) { $0 + $1.count }
    var splitter = splitter
    var count = 0
    for seed in 0..<Self.drawCount where !groups.isEmpty {
      splitter.draw(seed: UInt32(seed))
      let (train, judged) = (Set(splitter.split.train), Set(splitter.split.validation))
      for group in groups where group.contains(where: train.contains) {
        count += group.count(where: judged.contains)
      }
    }
    expectedCount = Double(count) / Double(Self.drawCount)
  }
}
