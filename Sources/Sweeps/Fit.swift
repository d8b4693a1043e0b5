public import Models
import Poisoning

/// One fit of a study with all its detail: what was asked, the rows, the model, and how good it is.
public struct Fit: Sendable {
  /// The study.
  public let study: Study

  /// The attack, its level and the defences.
  public let condition: Condition

  /// The model that was asked for.
  public let model: ModelChoice

  /// The seed.
  public let seed: UInt32

  /// The rows it learnt from and those it is judged on.
  public let trial: Trial

  /// The fitted model, and what it says of the validation rows.
  public let evaluation: Evaluation

  /// Whether the noise of training was the system's, and is kept nowhere.
  public var isSecret = false
}

extension Fit {
  /// Fits one model under one condition and seed; nil where defences call all training rows suspicious.
  ///
  /// - Precondition: The defences are for the model; `secretly`, they train with noise.
  public init?(
    _ study: Study, _ condition: Condition, _ model: ModelChoice, seed: UInt32,
    secretly: Bool = false, threads: Int = 1
  ) {
    let trial = study.trial(condition, seed: seed, model: model, threads: threads)
    if let defended = trial.defended, !defended.weights.contains(where: { $0 > 0 }) { return nil }
    guard let learner = study.learner(model, in: condition, seed: seed, secretly: secretly) else {
      preconditionFailure("\(condition.defenseName) is not for \(model.name)")
    }
    self.init(
      study: study, condition: condition, model: model, seed: seed, trial: trial,
      evaluation: trial.evaluate(learner, threads: threads), isSecret: secretly)
  }

  /// The short form that sweeps keep.
  public var result: TrialResult { evaluation.result }

  /// What it says of the privacy of its rows; nil where its training was not for that.
  public var privacy: PrivacyStatement? {
    PrivacyStatement(
      condition.defense, scaler: study.scaler, policy: study.scalerPolicy,
      hasEnded: result.report.hasConverged, isSecret: isSecret)
  }

  /// What came of a targeted attack; nil where the attack aims at no rows, or does nothing.
  ///
  /// - Complexity: One more fit, of the clean rows.
  public func target(threads: Int = 1) -> TargetTally? {
    guard condition.level != .clean, trial.aim != nil else { return nil }
    let clean = study.trial(Condition(attack: condition.attack, level: .clean), seed: seed)
    return TargetTally(
      success: result.success,
      successBefore: clean.evaluate(model.learner, threads: threads).result.success,
      collateral: result.collateral)
  }

  /// The numbers that sweeps keep of it.
  package func tally(target: TargetTally?) -> FitTally {
    FitTally(
      result.confusion, logLoss: result.logLoss, outcome: result.report.outcome,
      iterations: result.report.iterations, target: target, detection: trial.detection)
  }
}
