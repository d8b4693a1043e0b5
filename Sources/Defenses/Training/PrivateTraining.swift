import LinAlg
import Models

/// Training that hides any one row: noisy gradients, or a noisy objective.
struct PrivateTraining: TrainingDefense {
  /// How noise gets in.
  enum Mechanism: Sendable {
    case descent(PrivateGradientDescent.Schedule)
    case objective(norm: Double)
  }

  let name: String
  let parameters: [String: String]
  let mechanism: Mechanism
  let privacy: PrivacyGuarantee

  func learner(
    for kind: ModelKind, _ parameters: Hyperparameters, key: RandomKey, seed: UInt32
  ) -> (any Learner)? {
    guard kind == .softmax || kind == .linearSVM else { return nil }
    let target: PrivateGradientDescent.Target = kind == .softmax ? .softmax : .linearMachine
    switch mechanism {
    case .descent(let schedule):
      return try? PrivateGradientDescent(
        target, c: parameters.c, schedule, key: key, seed: seed)
    case .objective(let norm):
      return try? PerturbedObjective(
        target, c: parameters.c, epsilon: privacy.epsilon, norm: norm, key: key, seed: seed)
    }
  }

  func guarantee(rowCount: Int, classCount: Int) -> PrivacyGuarantee? { privacy }
}
