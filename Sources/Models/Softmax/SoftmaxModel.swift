public import LinAlg

/// A fitted softmax regression.
public struct SoftmaxModel: Model {
  /// Θ = (W, b), one row of d + 1 numbers per class in `presentClasses`, the intercept last.
  ///
  /// With two classes present the first row is zero and the second holds the log-odds.
  public let coefficients: Matrix<Double>

  /// The classes that had a training row, ascending; the others have probability 0.
  public let presentClasses: [Int]

  /// Number of classes K.
  public let classCount: Int

  /// How the fit ended.
  public let report: FitReport

  /// The most probable class of each row, the smaller one when two tie, and all probabilities.
  public func predict(_ features: Matrix<Double>, threads: Int = 1) -> Prediction {
    let d = features.columns
    precondition(
      coefficients.columns == d + 1,
      "A model of \(coefficients.columns - 1) features cannot predict rows of \(d)")
    var weights: [Double] = []
    for row in 0..<coefficients.rows {
      coefficients.withRow(row) { theta in
        for column in 0..<d { weights.append(theta[column]) }
      }
    }
    let parts = Parallel.map(
      (features.rows + Self.blockSize - 1) / Self.blockSize, threads: threads
    ) { [weights] block in
      let rows = block * Self.blockSize..<min((block + 1) * Self.blockSize, features.rows)
      return predict(
        Matrix(
          rows: rows.count, columns: d,
          elements: Array(features.elements[rows.lowerBound * d..<rows.upperBound * d])),
        Matrix(rows: coefficients.rows, columns: d, elements: weights))
    }
    return Prediction(
      classes: parts.flatMap(\.classes),
      scores: Matrix(
        rows: features.rows, columns: classCount, elements: parts.flatMap(\.scores)),
      scoresAreProbabilities: true)
  }

  private static let blockSize = 4_096

  /// The classes and the probabilities of some rows.
  private func predict(
    _ features: Matrix<Double>, _ weights: Matrix<Double>
  ) -> (classes: [Int], scores: [Double]) {
    var logits = Matrix<Double>(rows: features.rows, columns: presentClasses.count)
    logits.withMutableElements { z in
      for index in z.indices {
        z[index] = coefficients[index % presentClasses.count, weights.columns]
      }
    }
    BLAS.gemm(features, weights, transposeB: true, beta: 1, into: &logits)
    let present = softmax(logits, labels: []).probabilities
    var scores = Matrix<Double>(rows: features.rows, columns: classCount)
    var classes: [Int] = []
    for row in 0..<features.rows {
      for (index, label) in presentClasses.enumerated() { scores[row, label] = present[row, index] }
      // Logits rather than probabilities: these may round to a tie.
      classes.append(presentClasses[logits.withRow(row, firstMaximum)])
    }
    return (classes, scores.elements)
  }
}

extension SoftmaxModel {
  init(constant label: Int, classCount: Int, featureCount: Int) {
    self.init(
      coefficients: Matrix(rows: 1, columns: featureCount + 1), presentClasses: [label],
      classCount: classCount, report: .constant)
  }
}
