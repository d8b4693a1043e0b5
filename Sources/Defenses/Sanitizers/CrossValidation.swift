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

  /// Deals out groups of rows, whole, in random order: each to the fold that has the smallest shares of its
  /// classes, or the fewest rows of those that have as little.
  ///
  /// There are no more folds than groups. A class in two groups or more is in two folds or more, unless every
  /// fold that lacks it has more of the other classes of its groups.
  /// - Precondition: One group a row; there are two or more.
  package init(
    _ labels: [Int], classCount: Int, groups: [Int], foldCount: Int, _ stream: inout RandomStream
  ) {
    precondition(groups.count == labels.count, "\(groups.count) groups of \(labels.count) rows")
    var places: [Int: Int] = [:]
    var members: [[Int]] = []
    for (row, group) in groups.enumerated() {
      let place = places[group] ?? members.count
      if place == members.count {
        places[group] = place
        members.append([])
      }
      members[place].append(row)
    }
    precondition(members.count > 1, "Rows of one group cannot judge each other")
    let foldCount = min(foldCount, members.count)
    var sizes = [Double](repeating: 0, count: classCount)
    for label in labels { sizes[label] += 1 }
    var folds = [Int](repeating: 0, count: labels.count)
    var tallies = Array(repeating: [Double](repeating: 0, count: classCount), count: foldCount)
    var rowCounts = [Int](repeating: 0, count: foldCount)
    for rows in stream.permutation(of: members.count).map({ members[$0] }) {
      let shares = tallies.map { tally in
        rows.reduce(0.0) { $0 + tally[labels[$1]] / sizes[labels[$1]] }
      }
      let fold =
        (0..<foldCount).min { (shares[$0], rowCounts[$0]) < (shares[$1], rowCounts[$1]) } ?? 0
      rowCounts[fold] += rows.count
      for row in rows {
        folds[row] = fold
        tallies[fold][labels[row]] += 1
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
