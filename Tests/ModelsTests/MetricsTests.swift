import Foundation
import LinAlg
import Models
import TestSupport
import Testing

@Suite struct MetricsTests {
  private let truth = [0, 0, 1, 1, 1, 2, 2, 2, 2, 0]
  private let predicted = [0, 1, 1, 1, 0, 2, 2, 0, 1, 0]

  /// Values of scikit-learn 1.9.1's `classification_report(truth, predicted, digits=16)`.
  @Test func matchesScikitLearn() {
    let matrix = ConfusionMatrix(truth: truth, predicted: predicted, classCount: 3)
    #expect(matrix.counts == [2, 1, 0, 1, 2, 0, 1, 1, 2])
    #expect(matrix.accuracy == 0.6)
    let precision: [Double] = [0.5, 0.5, 1]
    let recall: [Double] = [2.0 / 3, 2.0 / 3, 0.5]
    let f1: [Double] = [4.0 / 7, 4.0 / 7, 2.0 / 3]
    #expect([0, 1, 2].compactMap(matrix.precision) == precision)
    #expect([0, 1, 2].compactMap(matrix.recall) == recall)
    #expect([0, 1, 2].compactMap(matrix.f1) == f1)
    #expect(abs(matrix.macroF1 - 0.6031746031746031) < 1e-15)
  }

  private struct Case: Decodable {
    let truth: [Int]
    let predicted: [Int]
    let accuracy: Double
    let f1: Double
    let precision: Double
    let recall: Double
  }

  /// `f1_score(average="macro")` and its like are means over the classes that occur.
  ///
  /// Up to ten quotients and their sum: 1e-14 is ample.
  @Test func meansAreScikitLearns() throws {
    struct Reference: Decodable { let cases: [Case] }
    let reference: Reference = try fixture("metrics")
    #expect(reference.cases.count > 30)
    for one in reference.cases {
      let matrix = ConfusionMatrix(truth: one.truth, predicted: one.predicted, classCount: 10)
      let occurring = (0..<10).filter { matrix.f1($0) != nil }
      let mean = { (value: (Int) -> Double?) in
        occurring.reduce(0) { $0 + (value($1) ?? 0) } / Double(occurring.count)
      }
      #expect(matrix.occurringCount == occurring.count)
      #expect(abs(matrix.accuracy - one.accuracy) < 1e-14)
      #expect(abs(matrix.macroF1 - one.f1) < 1e-14)
      #expect(abs(mean(matrix.precision) - one.precision) < 1e-14)
      #expect(abs(mean(matrix.recall) - one.recall) < 1e-14)
    }
  }

  @Test func absentClassesHaveNoScore() {
    let matrix = ConfusionMatrix(truth: [0, 0], predicted: [0, 0], classCount: 3)
    #expect(matrix.f1(1) == nil && matrix.precision(1) == nil && matrix.recall(1) == nil)
    #expect(matrix.macroF1 == 1 && matrix.occurringCount == 1)
    let none = ConfusionMatrix(classCount: 3)
    #expect(none.accuracy == 0 && none.macroF1 == 0 && none.guessing == 0)
  }

  /// Guessing is always saying the commonest class.
  @Test func guessingFollowsShares() {
    let truth = Array(repeating: 0, count: 39) + [1]
    let silent = ConfusionMatrix(
      truth: truth, predicted: Array(repeating: 0, count: 40), classCount: 2)
    #expect(silent.guessing == 0.975 && silent.onlyPrediction == 0)
    #expect(ConfusionMatrix(truth: truth, predicted: truth, classCount: 2).onlyPrediction == nil)
    let alone = ConfusionMatrix(truth: [1, 1], predicted: [1, 1], classCount: 2)
    #expect(alone.onlyPrediction == nil, "No other class was there to be said")
  }

  @Test func countsAdd() {
    var sum = ConfusionMatrix(classCount: 3)
    for (label, prediction) in zip(truth, predicted) {
      sum += ConfusionMatrix(truth: [label], predicted: [prediction], classCount: 3)
    }
    #expect(sum == ConfusionMatrix(truth: truth, predicted: predicted, classCount: 3))
    #expect(sum.total == 10 && sum.correct == 6)
  }

  /// scikit-learn 1.9.1: `log_loss([0, 1, 1], [[.7, .3], [.4, .6], [1, 0]])`, which clips at 2⁻⁵².
  @Test func logLossClips() {
    let probabilities = Matrix(rows: 3, columns: 2, elements: [0.7, 0.3, 0.4, 0.6, 1, 0])
    let expected = -(log(0.7) + log(0.6) + log(0x1p-52)) / 3
    #expect(abs(logLoss(probabilities, labels: [0, 1, 1]) - expected) <= 4 * expected.ulp)
    #expect(abs(expected - 12.303717985607292) < 1e-9)
    #expect(logLoss(Matrix(rows: 0, columns: 2), labels: []) == 0)
    let strange = Matrix<Double>(rows: 1, columns: 2, elements: [.nan, .nan])
    #expect(logLoss(strange, labels: [1]) == logLoss(Matrix(rows: 1, columns: 2), labels: [1]))
  }
}
