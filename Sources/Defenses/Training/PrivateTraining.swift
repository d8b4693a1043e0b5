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
    replacing learner: any Learner, key: RandomKey, seed: UInt32
  ) -> (any Learner)? {
    let (target, c): (PrivateGradientDescent.Target, Double)
    switch learner {
    case let regression as SoftmaxRegression: (target, c) = (.softmax, regression.c)
    case let machine as SupportVectorClassifier where machine.kernel == .linear:
      (target, c) = (.linearMachine, machine.c)
    default: return nil
    }
    switch mechanism {
    case .descent(let schedule):
      return try? PrivateGradientDescent(target, c: c, schedule, key: key, seed: seed)
    case .objective(let norm):
      return try? PerturbedObjective(
        target, c: c, epsilon: privacy.epsilon, norm: norm, key: key, seed: seed)
    }
  }

  func guarantee(rowCount: Int, classCount: Int) -> PrivacyGuarantee? { privacy }
}
