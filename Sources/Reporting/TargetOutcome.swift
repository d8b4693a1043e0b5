public import Models
import Poisoning
public import Sweeps

/// What came of a targeted attack in one run.
public struct TargetOutcome: Encodable, Equatable, Sendable {
  /// The share of the rows aimed at that were given what the attack wants; nil for no row.
  public let success: Double?

  /// That share for the model of the clean rows: what would have happened anyway.
  public let successOfCleanModel: Double?

  /// What the attack did to rows it does not aim at; see `Aim.collateral`.
  public let collateral: Double?

  /// Success minus that of the clean model.
  public let successGain: Double?

  /// Judges a trial; nil where the attack aims at no rows, or does nothing.
  ///
  /// - Complexity: One more fit, of the clean rows.
  public init?(
    _ study: Study, _ condition: Condition, _ model: ModelChoice, seed: UInt32, trial: Trial,
    evaluation: Evaluation, threads: Int
  ) {
    guard condition.level != .clean, trial.aim != nil else { return nil }
    let clean = study.trial(Condition(attack: condition.attack, level: .clean), seed: seed)
    let before = clean.evaluate(model.learner, threads: threads).result.success
    let after = evaluation.result.success
    success = after
    successOfCleanModel = before
    successGain = after.flatMap { after in before.map { after - $0 } }
    collateral = evaluation.result.collateral
  }

  /// The outcome in one line.
  var line: String {
    let percent = { (share: Double?) in share.map { "\(Numbers.percent($0)) %" } ?? "no row" }
    return "success   \(percent(success)) of the rows aimed at (clean model "
      + "\(percent(successOfCleanModel))); collateral \(percent(collateral))"
  }
}
