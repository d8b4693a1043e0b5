package import LinAlg
package import Models

/// A division of rows into folds, and what models of all other folds say of the rows of each.
package struct CrossValidation: Sendable {
  /// The fold of each row.
  package let folds: [Int]

  private let foldCount: Int

  /// Deals out the rows of each class, in random order, to the folds in turn.
  package init(_ labels: [Int], classCount: Int, foldCount: Int, _ stream: inout RandomStream) {
    var folds = [Int](repeating: 0, count: labels.count)
    var next = 0
    for label in 0..<classCount {
      var rows = labels.indices.filter { labels[$0] == label }
      stream.shuffle(&rows, prefix: rows.count)
      for row in rows {
        folds[row] = next
        next = (next + 1) % foldCount
      }
    }
    (self.folds, self.foldCount) = (folds, foldCount)
  }

  /// Probabilities, n × K, of a softmax regression fitted to the other folds.
  ///
  /// The model of all rows is where each fit starts.
  package func probabilities(
    _ problem: Problem, _ regression: SoftmaxRegression, threads: Int
  ) -> Matrix<Double> {
    let warm = regression.fitSoftmax(problem, threads: threads)
    return probabilities(problem, threads: threads) { regression.fitSoftmax($0, from: warm) }
  }

  /// Probabilities, n × K, of a model that `fit` makes of the other folds.
  package func probabilities(
    _ problem: Problem, threads: Int, fit: @Sendable (Problem) -> any Model
  ) -> Matrix<Double> {
    scores(classCount: problem.classCount, threads: threads) { others, rows in
      fit(problem.selectingRows(others))
        .predict(problem.features.selectingRows(rows), threads: 1).scores.elements
    }
  }

  /// Scores, n × K, of which `judge` gives those of the rows of a fold, by the rows of the others.
  package func scores(
    classCount: Int, threads: Int, judge: @Sendable (_ others: [Int], _ rows: [Int]) -> [Double]
  ) -> Matrix<Double> {
    let parts = Parallel.map(foldCount, threads: threads) { fold in
      let rows = folds.indices.filter { folds[$0] == fold }
      return (rows: rows, scores: judge(folds.indices.filter { folds[$0] != fold }, rows))
    }
    var elements = [Double](repeating: 0, count: folds.count * classCount)
    for part in parts {
      for (place, row) in part.rows.enumerated() {
        for label in 0..<classCount {
          elements[row * classCount + label] = part.scores[place * classCount + label]
        }
      }
    }
    return Matrix(rows: folds.count, columns: classCount, elements: elements)
  }
}
