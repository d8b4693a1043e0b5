package import Models

/// Trimmed training: the share of the rows that a model fits best, found by turns.
///
///     repeat: fit to S;  S = the h rows of smallest loss;     until S stays
///
/// Both halves lower F(S, θ) = C·Σ_{i∈S} loss(i, θ) + penalty(θ): the first in θ, the second in S. So
/// F never rises and the turns end, where the fit is exact; k-NN has no θ and is turned the same way
/// without that promise.
///
/// Source: Jagielski et al., "Manipulating machine learning", IEEE S&P 2018, algorithm 2 (TRIM); Shen
/// and Sanghavi, "Learning with bad training data via iterative trimmed loss minimization", ICML 2019.
package struct TrimmedFit: Sendable {
  /// The rows that are kept, ascending.
  package let kept: [Int]

  /// The loss of every row under the last model.
  package let losses: [Double]

  /// F after each fit, where the model states its objective; the sum of losses elsewhere.
  package let objectives: [Double]

  /// Turns after which it ends, as in the source.
  private static let turnLimit = 400

  /// An improvement of F below which it ends.
  private static let tolerance = 1e-5

  /// Trims from the rows `start`.
  ///
  /// `quotas` is how many rows of each class are kept; nil to keep as many as `start` has in all.
  package init(
    _ suspects: Suspects, _ learner: any Learner, from start: [Int], quotas: [Int]?, threads: Int
  ) {
    var kept = start
    var losses = [Double](repeating: 0, count: suspects.count)
    var objectives: [Double] = []
    var warm: SoftmaxModel?
    for _ in 0..<Self.turnLimit {
      let model = Self.fit(suspects, learner, kept, warm, threads)
      warm = model as? SoftmaxModel
      losses = RowLoss.losses(of: model, learner, suspects, kept: kept, threads: threads)
      let value = Self.objective(model, kept.reduce(0) { $0 + losses[$1] })
      let improvement = (objectives.last ?? .infinity) - value
      objectives.append(value)
      let next = Self.first(kept.count, quotas, of: Ranking.ascending(losses), suspects)
      if next == kept || improvement < Self.tolerance { break }
      kept = next
    }
    (self.kept, self.losses, self.objectives) = (kept, losses, objectives)
  }

  private static func fit(
    _ suspects: Suspects, _ learner: any Learner, _ kept: [Int], _ warm: SoftmaxModel?,
    _ threads: Int
  ) -> any Model {
    let problem = suspects.problem.selectingRows(kept)
    guard let regression = learner as? SoftmaxRegression else {
      return learner.fit(problem, threads: threads)
    }
    return regression.fitSoftmax(problem, from: warm, threads: threads)
  }

  /// F at the fitted model; `sum` is the sum of the losses of the rows kept.
  private static func objective(_ model: any Model, _ sum: Double) -> Double {
    switch model {
    case is SoftmaxModel: model.report.objective
    // Its report has the negated dual objective, equal to the primal one but for the gap.
    case is SupportVectorModel: -model.report.objective
    default: sum
    }
  }

  /// The first rows in some order, ascending: `count` of all, or the quota of each class.
  static func first(
    _ count: Int, _ quotas: [Int]?, of order: [Int], _ suspects: Suspects
  ) -> [Int] {
    guard var left = quotas else { return order.prefix(count).sorted() }
    return order.filter { row in
      left[suspects.labels[row]] -= 1
      return left[suspects.labels[row]] >= 0
    }.sorted()
  }
}
