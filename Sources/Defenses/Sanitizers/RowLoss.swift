import LinAlg
import Models

/// What each row costs a model, as the model's own objective counts it.
enum RowLoss {
  /// The loss of every row under a model that `learner` has fitted to the rows `kept`, and what the
  /// rest of the objective is.
  ///
  /// * softmax: −ln p of the class of the row;
  /// * support vector machines: hinge losses of all pairs that the class of the row is in;
  /// * neighbours: the share of the k nearest other kept rows that have another class.
  ///
  /// The objective is C·Σ loss over kept rows + penalty; where no model is fitted it is the sum.
  static func losses(
    of model: any Model, _ learner: any Learner, _ suspects: Suspects, kept: [Int], threads: Int
  ) -> [Double] {
    switch model {
    case let machine as SupportVectorModel:
      return hinges(machine, suspects, threads: threads)
    case is NearestNeighborsModel:
      let count = (learner as? NearestNeighbors)?.neighborCount ?? 1
      let votes = NeighborVotes(suspects, among: kept, neighborCount: count, threads: threads)
      return suspects.labels.indices.map { votes.dissent(from: suspects.labels[$0], $0) }
    default:
      let scores = model.predict(suspects.features, threads: threads).scores
      return suspects.labels.indices.map { row in
        let p = scores.elements[row * scores.columns + suspects.labels[row]]
        return -Lanes.log(max(p, 1e-300))
      }
    }
  }

  private static func hinges(
    _ model: SupportVectorModel, _ suspects: Suspects, threads: Int
  ) -> [Double] {
    let decisions = model.decisionValues(suspects.features, threads: threads)
    return suspects.labels.indices.map { row in
      var sum = 0.0
      for (column, machine) in model.machines.enumerated() {
        let f = decisions.elements[row * decisions.columns + column]
        if machine.positive == suspects.labels[row] { sum += max(0, 1 - f) }
        if machine.negative == suspects.labels[row] { sum += max(0, 1 + f) }
      }
      // A class that the fit has not seen is wrong in every pair.
      return model.presentClasses.contains(suspects.labels[row]) ? sum : .greatestFiniteMagnitude
    }
  }
}
