import Foundation
import LinAlg
import Models
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
    #expect([0, 1, 2].map(matrix.precision) == precision)
    #expect([0, 1, 2].map(matrix.recall) == recall)
    #expect([0, 1, 2].map(matrix.f1) == f1)
    #expect(abs(matrix.macroF1 - 0.6031746031746031) < 1e-15)
  }

  @Test func absentClassesScoreZero() {
    let matrix = ConfusionMatrix(truth: [0, 0], predicted: [0, 0], classCount: 3)
    #expect(matrix.f1(1) == 0 && matrix.precision(1) == 0 && matrix.recall(1) == 0)
    #expect(matrix.macroF1 == 1.0 / 3)
    #expect(ConfusionMatrix(classCount: 3).accuracy == 0)
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
