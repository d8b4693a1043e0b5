import LinAlg
import Models

/// Removes or corrects labels that models of the other rows contradict.
///
/// Probabilities are those of a softmax regression in stratified cross-validation, whatever the model
/// defended; `LabelIssues` says which labels look wrong. The score of a row is 1 minus the probability of
/// its label.
///
/// Source: Northcutt, Jiang, Chuang, "Confident learning", JAIR 70 (2021).
struct ConfidentLearning: RowDefense {
  /// What becomes of a row whose label looks wrong.
  enum Action: String, CaseIterable, Sendable { case remove, relabel }

  let foldCount: Int
  let rule: LabelIssues.Rule
  let action: Action
  let regression: SoftmaxRegression

  let name = "confident-learning"

  var parameters: [String: String] {
    changed([
      "folds": "\(foldCount)", "prune": rule.rawValue, "action": action.rawValue,
      "C": "\(regression.c)",
    ])
  }

  func judge(_ suspects: Suspects, for learner: any Learner, threads: Int) -> Verdict {
    var verdict = Verdict(acquitting: suspects)
    let folds = min(foldCount, suspects.count)
    guard folds >= 2, Set(suspects.labels).count >= 2 else { return verdict }
    var stream = suspects.stream(.folds)
    let probabilities = CrossValidation(
      suspects.labels, classCount: suspects.classCount, foldCount: folds, &stream
    ).probabilities(suspects.problem, regression, threads: threads)
    let flags = LabelIssues.flags(
      labels: suspects.labels, probabilities: probabilities, rule: rule)
    for row in flags.indices {
      verdict.scores[row] = 1 - probabilities[row, suspects.labels[row]]
      guard flags[row] else { continue }
      switch action {
      case .remove: verdict.weights[row] = 0
      case .relabel: verdict.labels[row] = probabilities.withRow(row, firstMaximum)
      }
    }
    return verdict
  }
}
