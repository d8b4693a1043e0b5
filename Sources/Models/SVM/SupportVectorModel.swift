public import LinAlg

/// A fitted support vector machine.
public struct SupportVectorModel: Model {
  /// The two-class machine of one pair: f(x) = Σ coefficients · k(support vectors, x) + intercept.
  public struct Machine: Sendable {
    /// The class that f > 0 votes for; the smaller of the two.
    public let positive: Int
    /// The class that f ≤ 0 votes for.
    public let negative: Int
    /// yα for each support vector of the model; 0 for those of other pairs.
    public let coefficients: [Double]
    /// The bias b.
    public let intercept: Double
  }

  /// The kernel with its parameters resolved.
  package let kernel: KernelFunction

  /// The rows that any pair uses, s × d, in the order of the training rows.
  public let supportVectors: Matrix<Double>

  /// The index of each support vector among the training rows of positive weight.
  public let supportRows: [Int]

  /// One machine per pair of present classes, in the order (0,1), (0,2), …, (1,2) and so on.
  public let machines: [Machine]

  /// The classes that had a training row, ascending.
  public let presentClasses: [Int]

  /// Number of classes K.
  public let classCount: Int

  /// How the fits ended: iterations, objectives and duality gaps are summed over the pairs.
  public let report: FitReport

  /// γ of the RBF kernel; nil for the linear kernel.
  public var gamma: Double? {
    if case .rbf(let gamma) = kernel { gamma } else { nil }
  }

  /// Decision values, n × machines: column m is f of `machines[m]`.
  ///
  /// - Precondition: The rows have the features the model was fitted with.
  public func decisionValues(_ features: Matrix<Double>, threads: Int = 1) -> Matrix<Double> {
    precondition(
      features.columns == supportVectors.columns,
      "A model of \(supportVectors.columns) features cannot predict rows of \(features.columns)")
    let (s, d) = (supportVectors.rows, supportVectors.columns)
    if !SupportVectorClassifier.isSmall(rows: s, features: d),
      let values = largeDecisionValues(features, threads: threads)
    {
      return values
    }
    let points = kernel.prepared(supportVectors).transposed()
    let queries = kernel.prepared(features)
    let rows = Parallel.map(features.rows, threads: threads) { row in
      let values = queries.withRow(row) { kernel.evaluate($0, againstColumnsOf: points) }
      return machines.map { machine in
        BLAS.dot(values.span, machine.coefficients.span) + machine.intercept
      }
    }
    return Matrix(rows: features.rows, columns: machines.count, elements: rows.flatMap { $0 })
  }

  /// The class with most votes for each row, the smaller one on a tie, and scores by the same rule.
  ///
  /// Scores are those of scikit-learn's `decision_function` of shape `ovr`, votes plus a confidence
  /// in (−⅓, ⅓), but for the predicted class where votes tie:
  ///
  ///     s_k = v_k + t_k,   t_k = c_k / (3(|c_k| + 1)),   c_k = ± sum of its decision values
  ///     t_k = max(t_k, (t + ½)/2) of the predicted class, t the largest of those with as many votes
  ///
  /// So the predicted class alone has the largest score; scikit-learn's may say another. With two
  /// classes scores are f and −f. A class without a training row scores −1.
  public func predict(_ features: Matrix<Double>, threads: Int = 1) -> Prediction {
    let decisions = decisionValues(features, threads: threads)
    var scores = Matrix<Double>(rows: features.rows, columns: classCount, repeating: -1)
    var classes: [Int] = []
    for row in 0..<features.rows {
      var votes = [Double](repeating: 0, count: classCount)
      var confidences = votes
      for (index, machine) in machines.enumerated() {
        let f = decisions[row, index]
        votes[f > 0 ? machine.positive : machine.negative] += 1
        confidences[machine.positive] += f
        confidences[machine.negative] -= f
      }
      // Present classes come first in the comparison, so an absent class 0 cannot win.
      let winner =
        presentClasses.max {
          votes[$0] < votes[$1] || (votes[$0] == votes[$1] && $0 > $1)
        } ?? 0
      classes.append(winner)
      if classCount == 2, machines.count == 1 {
        // The least number decides where f is 0, and is lost in all others.
        confidences[winner] += .leastNormalMagnitude
        for label in presentClasses { scores[row, label] = confidences[label] }
        continue
      }
      let shares = confidences.map { $0 / (3 * (abs($0) + 1)) }
      for label in presentClasses { scores[row, label] = votes[label] + shares[label] }
      let rivals = presentClasses.filter { $0 != winner && votes[$0] == votes[winner] }
      if let largest = rivals.map({ shares[$0] }).max() {
        scores[row, winner] = votes[winner] + max(shares[winner], (largest + 0.5) / 2)
      }
    }
    return Prediction(classes: classes, scores: scores, scoresAreProbabilities: false)
  }
}
