import Analyses
import Poisoning
import Sweeps

/// Defences against attacks, for machines.
struct MitigationRecord: Encodable {
  struct Entry: Encodable {
    let attack: String
    let level: Double
    let defense: String
    let models: [String]
    let gain: MomentsRecord
    let loss: MomentsRecord
    let recovered: Double?
    let wronglyFlagged: Double?
    let verdict: Rescue.Verdict
  }

  let entries: [Entry]
  /// Attacks, levels and defences that took no part, and why.
  let leftOut: [String]

  init(_ facts: StudyFacts, cells: [CellSummary], _ mitigation: Mitigation, leftOut: [String]) {
    entries = mitigation.rescues(cells).map { rescue in
      Entry(
        attack: rescue.attack, level: rescue.level.share, defense: rescue.defense,
        models: rescue.models, gain: MomentsRecord(rescue.gain, facts),
        loss: MomentsRecord(rescue.loss, facts), recovered: rescue.recovered,
        wronglyFlagged: rescue.wronglyFlagged, verdict: rescue.verdict)
    }
    self.leftOut = leftOut
  }
}
