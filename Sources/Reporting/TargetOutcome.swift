import Sweeps

/// What came of a targeted attack in one run, for machines.
struct TargetOutcome: Encodable {
  let success: Double?
  let successOfCleanModel: Double?
  let collateral: Double?
  let successGain: Double?

  init(_ target: TargetTally) {
    success = target.success
    successOfCleanModel = target.successBefore
    collateral = target.collateral
    successGain = target.successGain
  }
}

extension TargetTally {
  /// The outcome in one line.
  var line: String {
    let percent = { (share: Double?) in share.map { "\(Numbers.percent($0)) %" } ?? "no row" }
    return "success   \(percent(success)) of the rows aimed at (clean model "
      + "\(percent(successBefore))); collateral \(percent(collateral))"
  }
}
