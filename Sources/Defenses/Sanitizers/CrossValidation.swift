package import LinAlg
package import Models

/// Class probabilities of every row by models that have not seen it.
package enum CrossValidation {
  /// The fold of each row: the rows of each class, in random order, are dealt out in turn.
  package static func folds(
    _ labels: [Int], classCount: Int, foldCount: Int, _ stream: inout RandomStream
  ) -> [Int] {
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
    return folds
  }

  /// Probabilities, n × K, of a softmax regression fitted to the other folds.
  ///
  /// The model of all rows is where each fit starts.
  package static func probabilities(
    _ problem: Problem, _ regression: SoftmaxRegression, folds: [Int], foldCount: Int,
    threads: Int
  ) -> Matrix<Double> {
    let warm = regression.fitSoftmax(problem, threads: threads)
    return probabilities(problem, folds: folds, foldCount: foldCount, threads: threads) {
      regression.fitSoftmax($0, from: warm)
    }
  }

  /// Probabilities, n × K, of a model that `fit` makes of the other folds.
  package static func probabilities(
    _ problem: Problem, folds: [Int], foldCount: Int, threads: Int,
    fit: @Sendable (Problem) -> any Model
  ) -> Matrix<Double> {
    let classCount = problem.classCount
    let parts = Parallel.map(foldCount, threads: threads) { fold in
      let inside = folds.indices.filter { folds[$0] != fold }
      let outside = folds.indices.filter { folds[$0] == fold }
      let rest = Problem(
        features: problem.features.selectingRows(inside), labels: inside.map { problem.labels[$0] },
        classCount: classCount)
      let scores = fit(rest).predict(problem.features.selectingRows(outside), threads: 1).scores
      return (rows: outside, scores: scores)
    }
    var elements = [Double](repeating: 0, count: folds.count * classCount)
    for part in parts {
      for (place, row) in part.rows.enumerated() {
        for label in 0..<classCount {
          elements[row * classCount + label] = part.scores.elements[place * classCount + label]
        }
      }
    }
    return Matrix(rows: folds.count, columns: classCount, elements: elements)
  }
}
