import LinAlg
import Models

/// Another loss in the place of cross-entropy or hinge.
struct RobustLoss: TrainingDefense {
  enum Kind: Sendable {
    case smoothing(Double)
    case generalized(q: Double, starts: Int)
    case forward(CorrectedRegression.Source, starts: Int)
    case margin(MarginLoss)
  }

  let name: String
  let parameters: [String: String]
  let kind: Kind

  func learner(
    replacing learner: any Learner, key: RandomKey, seed: UInt32
  ) -> (any Learner)? {
    switch (kind, learner) {
    case (.margin(let margin), let machine as SupportVectorClassifier):
      try? SupportVectorClassifier(
        c: machine.c, kernel: machine.kernel, margin: margin, tolerance: machine.tolerance)
    case (_, let base as SoftmaxRegression): regression(base, key, seed)
    default: nil
    }
  }

  private func regression(
    _ base: SoftmaxRegression, _ key: RandomKey, _ seed: UInt32
  ) -> (any Learner)? {
    switch kind {
    case .smoothing(let share): try? SmoothedRegression(base, smoothing: share)
    case .generalized(let q, let starts):
      try? MajorizedRegression(
        base, .generalized(q: q), startCount: starts, key: key, seed: seed)
    case .forward(let source, let starts):
      CorrectedRegression(base: base, source: source, startCount: starts, key: key, seed: seed)
    case .margin: nil
    }
  }
}

/// Softmax regression with forward correction by a noise matrix that is assumed or estimated.
struct CorrectedRegression: Learner {
  /// Where T comes from.
  enum Source: Sendable {
    /// A share of the labels of every class is uniform on the other classes.
    case symmetric(Double)
    /// The confident joint of cross-validated probabilities.
    case estimated(folds: Int)
  }

  let base: SoftmaxRegression
  let source: Source
  let startCount: Int
  let key: RandomKey
  let seed: UInt32

  func fit(_ problem: Problem, threads: Int) -> any Model {
    let k = problem.classCount
    var noise: [[Double]]
    switch source {
    case .symmetric(let share):
      noise = (0..<k).map { label in
        (0..<k).map { $0 == label ? 1 - share : share / Double(max(k - 1, 1)) }
      }
    case .estimated(let folds): noise = estimate(problem, folds, threads)
    }
    // Rows that rounding has moved off 1 are put back there.
    noise = noise.map { row in
      let sum = row.reduce(0, +)
      return row.map { $0 / sum }
    }
    let learner = try? MajorizedRegression(
      base, .forward(noise: noise), startCount: startCount, key: key, seed: seed)
    return (learner ?? base as any Learner).fit(problem, threads: threads)
  }

  private func estimate(_ problem: Problem, _ folds: Int, _ threads: Int) -> [[Double]] {
    let rows = problem.weights.indices.filter { problem.weights[$0] > 0 }
    let present = Problem(
      features: problem.features.selectingRows(rows), labels: rows.map { problem.labels[$0] },
      classCount: problem.classCount)
    let count = min(folds, rows.count)
    guard count >= 2 else {
      return (0..<problem.classCount).map { label in
        (0..<problem.classCount).map { $0 == label ? 1 : 0 }
      }
    }
    var stream = RandomStream(key: key, purpose: .folds, seed: seed)
    let probabilities = CrossValidation(
      present.labels, classCount: present.classCount, foldCount: count, &stream
    ).probabilities(present, base, threads: threads)
    return ConfidentJoint(labels: present.labels, probabilities: probabilities).noise
  }
}
