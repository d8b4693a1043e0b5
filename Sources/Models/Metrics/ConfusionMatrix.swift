/// How often rows of each class were predicted as each class.
public struct ConfusionMatrix: Sendable, Equatable {
  /// Number of classes K.
  public let classCount: Int

  /// K × K counts, row-major: row = true class, column = predicted class.
  public private(set) var counts: [Int]

  /// A matrix of zeros.
  public init(classCount: Int) {
    self.classCount = classCount
    counts = Array(repeating: 0, count: classCount * classCount)
  }

  /// Counts predictions against the truth.
  ///
  /// - Precondition: Both have the same count and lie in 0..<classCount.
  public init(truth: [Int], predicted: [Int], classCount: Int) {
    self.init(classCount: classCount)
    recount(truth: truth, predicted: predicted)
  }

  /// Counts other predictions instead.
  ///
  /// - Precondition: Both have the same count and lie in 0..<classCount.
  package mutating func recount(truth: [Int], predicted: [Int]) {
    precondition(
      truth.count == predicted.count, "\(truth.count) labels, \(predicted.count) predictions")
    for index in counts.indices { counts[index] = 0 }
    for (label, prediction) in zip(truth, predicted) { self[label, prediction] += 1 }
  }

  /// The count of rows of class `truth` predicted as `predicted`.
  public subscript(truth: Int, predicted: Int) -> Int {
    get { counts[truth * classCount + predicted] }
    set { counts[truth * classCount + predicted] = newValue }
  }

  /// Adds the counts of another matrix of the same size.
  public static func += (total: inout ConfusionMatrix, part: ConfusionMatrix) {
    precondition(total.classCount == part.classCount, "Confusion matrices of different sizes")
    for index in total.counts.indices { total.counts[index] += part.counts[index] }
  }

  /// Number of rows counted.
  public var total: Int { counts.reduce(0, +) }

  /// Number of rows predicted as what they are.
  public var correct: Int { (0..<classCount).reduce(0) { $0 + self[$1, $1] } }

  /// Share of rows predicted as what they are; 0 for no rows.
  public var accuracy: Double { ratio(correct, total) ?? 0 }

  /// Number of rows of each class.
  public var rowCounts: [Int] {
    (0..<classCount).map { label in (0..<classCount).reduce(0) { $0 + self[label, $1] } }
  }

  /// How often each class was predicted.
  public var predictionCounts: [Int] {
    (0..<classCount).map { label in (0..<classCount).reduce(0) { $0 + self[$1, label] } }
  }

  /// The share of rows that one gets right who always says the commonest class; 0 for no rows.
  public var guessing: Double { ratio(rowCounts.max() ?? 0, total) ?? 0 }

  /// The one class that was ever predicted, where there are rows of others.
  public var onlyPrediction: Int? {
    let said = predictionCounts.indices.filter { predictionCounts[$0] > 0 }
    return said.count == 1 && rowCounts.count { $0 > 0 } > 1 ? said[0] : nil
  }

  /// Of the rows predicted as `label`, the share that is; nil when there are none.
  public func precision(_ label: Int) -> Double? {
    ratio(self[label, label], predictionCounts[label])
  }

  /// Of the rows that are `label`, the share predicted so; nil when there are none.
  public func recall(_ label: Int) -> Double? {
    ratio(self[label, label], rowCounts[label])
  }

  /// The harmonic mean of precision and recall, 2TP / (2TP + FP + FN); nil for a class that does not occur.
  public func f1(_ label: Int) -> Double? {
    var involved = 0
    for other in 0..<classCount { involved += self[other, label] + self[label, other] }
    return ratio(2 * self[label, label], involved)
  }

  /// Number of classes that occur, among rows or predictions.
  public var occurringCount: Int { (0..<classCount).count { f1($0) != nil } }

  /// The mean of the F1 scores of the classes that occur, as scikit-learn has it; 0 for none.
  public var macroF1: Double {
    var (sum, count) = (0.0, 0)
    for label in 0..<classCount {
      guard let score = f1(label) else { continue }
      (sum, count) = (sum + score, count + 1)
    }
    return sum / Double(max(count, 1))
  }

  private func ratio(_ part: Int, _ whole: Int) -> Double? {
    whole == 0 ? nil : Double(part) / Double(whole)
  }
}
