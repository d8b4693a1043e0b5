import Analyses
import Poisoning
import Statistics
import Sweeps

/// Defences against attacks, for machines.
struct MitigationRecord: Encodable {
  struct Entry: Encodable {
    let attack: String
    let level: Double
    let defense: String
    /// What share of bad rows it is given beforehand, or that it sees trusted rows.
    let told: String?
    let models: [String]
    let gain: MomentsRecord
    let loss: MomentsRecord
    let recovered: Double?
    let recoveredCi95: [Double]?
    let wronglyFlagged: Double?
    /// What a targeted attack achieves, by which its defences are judged.
    let success: Success?
    let verdict: Rescue.Verdict
  }

  /// Means over the models.
  struct Success: Encodable {
    let undefended: Double?
    let defended: Double?
    /// Success beyond that under the clean model.
    let undefendedGain: MomentsRecord
    let defendedGain: Double?
    /// How much less there is with the defence.
    let takenBack: MomentsRecord
    let share: Double?
    let shareCi95: [Double]?
    let undefendedCollateral: Double?
    let defendedCollateral: Double?
  }

  let entries: [Entry]
  /// Attacks, levels and defences that took no part, and why.
  let leftOut: [String]

  init(_ facts: StudyFacts, cells: [CellSummary], _ mitigation: Mitigation, leftOut: [String]) {
    entries = mitigation.rescues(cells).map { rescue in
      let accuracy = rescue.accuracy
      return Entry(
        attack: rescue.attack, level: rescue.level.share, defense: rescue.defense,
        told: rescue.told.isEmpty ? nil : rescue.told, models: rescue.models,
        gain: MomentsRecord(accuracy.gain, facts), loss: MomentsRecord(accuracy.loss, facts),
        recovered: accuracy.share, recoveredCi95: accuracy.shareInterval?.ends,
        wronglyFlagged: rescue.wronglyFlagged, success: Success(rescue), verdict: rescue.verdict)
    }
    self.leftOut = leftOut
  }
}

extension MitigationRecord.Success {
  fileprivate init?(_ rescue: Rescue) {
    guard let success = rescue.success else { return nil }
    let recovery = success.recovery
    undefended = success.undefended.mean(of: .success)
    defended = rescue.cells.mean(of: .success)
    undefendedGain = MomentsRecord(recovery.loss)
    defendedGain = rescue.cells.mean(of: .successGain)
    takenBack = MomentsRecord(recovery.gain)
    (share, shareCi95) = (recovery.share, recovery.shareInterval?.ends)
    undefendedCollateral = success.undefended.mean(of: .collateral)
    defendedCollateral = rescue.cells.mean(of: .collateral)
  }
}
