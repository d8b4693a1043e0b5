import Analyses
import Poisoning
import Sweeps

/// Defences against attacks, for machines.
struct MitigationRecord: Encodable {
  typealias Moments = ExperimentRecord.MomentsRecord

  struct Entry: Encodable {
    let attack: String
    let level: Double
    let defense: String
    let models: [String]
    let gain: Moments
    let loss: Moments
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
        models: rescue.models, gain: Moments(rescue.gain, facts),
        loss: Moments(rescue.loss, facts), recovered: rescue.recovered,
        wronglyFlagged: rescue.wronglyFlagged, verdict: rescue.verdict)
    }
    self.leftOut = leftOut
  }
}
