import Datasets
import Defenses
import LinAlg
import Models

/// Removes rows with a feature far from the middle.
struct FarRows: RowDefense {
  var limit = 1.5
  let name = "far-rows"
  var parameters: [String: String] { ["limit": "\(limit)"] }

  func judge(_ suspects: Suspects, for learner: any Learner, threads: Int) -> Verdict {
    let scores = (0..<suspects.count).map { row in
      (0..<suspects.features.columns).map { abs(suspects.features[row, $0]) }.max() ?? 0
    }
    return Verdict(suspects, scores: scores, isRemoved: scores.map { $0 > limit })
  }
}

/// Gives rows the class that a model fitted to all of them predicts.
struct ModelLabels: RowDefense {
  let name = "model-labels"
  let parameters: [String: String] = [:]
  let usesModel = true

  func judge(_ suspects: Suspects, for learner: any Learner, threads: Int) -> Verdict {
    var verdict = Verdict(acquitting: suspects)
    let problem = Problem(
      features: suspects.features, labels: suspects.labels, classCount: suspects.classCount)
    verdict.labels =
      learner.fit(problem, threads: threads).predict(suspects.features, threads: threads).classes
    verdict.scores = zip(verdict.labels, suspects.labels).map { $0 == $1 ? 0 : 1 }
    return verdict
  }
}

/// Halves the weight of rows whose nearest trusted row has another class.
struct TrustedNeighbor: RowDefense {
  let name = "trusted-neighbor"
  let parameters: [String: String] = [:]
  let needsTrusted = true

  func judge(_ suspects: Suspects, for learner: any Learner, threads: Int) -> Verdict {
    var verdict = Verdict(acquitting: suspects)
    guard let trusted = suspects.trusted else { return verdict }
    let problem = Problem(
      features: trusted.features, labels: trusted.labels, classCount: suspects.classCount)
    guard let nearest = try? NearestNeighbors(neighborCount: 1) else { return verdict }
    let classes = nearest.fit(problem, threads: threads).predict(
      suspects.features, threads: threads
    ).classes
    for row in classes.indices where classes[row] != suspects.labels[row] {
      verdict.weights[row] = 0.5
      verdict.scores[row] = 1
    }
    return verdict
  }
}

/// Trains linear models with a tenth of C.
struct Shy: TrainingDefense {
  let name = "shy"
  let parameters: [String: String] = [:]

  func learner(
    replacing learner: any Learner, key: RandomKey, seed: UInt32
  ) -> (any Learner)? {
    switch learner {
    case let regression as SoftmaxRegression:
      try? SoftmaxRegression(c: regression.c / 10, tolerance: regression.tolerance)
    case let machine as SupportVectorClassifier where machine.kernel == .linear:
      try? SupportVectorClassifier(
        c: machine.c / 10, kernel: .linear, tolerance: machine.tolerance)
    default: nil
    }
  }
}

/// Chains of the sample defences, `none` first.
func sampleChains() throws -> [DefenseChain] {
  [
    .none,
    try DefenseChain([.rows(FarRows())]),
    try DefenseChain([.rows(ModelLabels())]),
    try DefenseChain([.rows(TrustedNeighbor())]),
    try DefenseChain([.training(Shy())]),
    try DefenseChain([.rows(FarRows()), .rows(ModelLabels()), .training(Shy())]),
    try DefenseChain([.rows(FarRows(limit: .infinity))]),
  ]
}
