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

  var guarantee: PrivacyGuarantee? { privacy }

  func learner(
    replacing learner: any Learner, key: RandomKey, seed: UInt32
  ) -> (any Learner)? {
    self.learner(replacing: learner, .addressed(key, seed: seed))
  }

  func secretLearner(replacing learner: any Learner) -> (any Learner)? {
    self.learner(replacing: learner, .system)
  }

  private func learner(replacing learner: any Learner, _ noise: NoiseSource) -> (any Learner)? {
    let (target, c): (PrivateGradientDescent.Target, Double)
    switch learner {
    case let regression as SoftmaxRegression: (target, c) = (.softmax, regression.c)
    case let machine as SupportVectorClassifier where machine.kernel == .linear:
      (target, c) = (.linearMachine, machine.c)
    default: return nil
    }
    switch mechanism {
    case .descent(let schedule):
      return try? PrivateGradientDescent(target, c: c, schedule, noise: noise)
    case .objective(let norm):
      return try? PerturbedObjective(
        target, c: c, epsilon: privacy.epsilon, norm: norm, noise: noise)
    }
  }
}
