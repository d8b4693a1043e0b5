import Analyses
import Datasets
import Models
import Poisoning
import Statistics
public import Sweeps

/// The outcome of a sweep for machines: what was run, where it stopped, and every cell.
public struct SweepRecord: Encodable, Sendable {
  let program: String
  let version: String
  let dataset: DatasetRecord
  let models: [ModelRecord]
  let scaler: String
  let scalerFit: String
  let validationShare: Double
  let trustedShare: Double
  let trainingRows: Int
  let validationRows: Int
  let firstSeed: Int
  let seeds: Int
  let stopping: StoppingRecord?
  let attacks: [StudiedAttack]
  let cells: [CellRecord]

  /// The record of the cells of a sweep.
  public init(_ study: Study, cells: [CellSummary], extent: SweepExtent, firstSeed: UInt32) {
    let rule: StoppingRule? = if case .until(let rule) = extent { rule } else { nil }
    let facts = StudyFacts(study, firstSeed: firstSeed)
    program = Program.name
    version = Program.version
    dataset = DatasetRecord(study.dataset)
    models = study.models.map(ModelRecord.init)
    scaler = study.scaler.rawValue
    scalerFit = study.scalerPolicy.rawValue
    validationShare = study.validationShare
    trustedShare = study.trustedShare
    trainingRows = study.trainingCount
    validationRows = study.validationCount
    self.firstSeed = Int(firstSeed)
    seeds = cells.map(\.tally.seedCount).max() ?? 0
    stopping = StoppingRecord(rule, cells)
    attacks = StudiedAttack.all(of: facts)
    self.cells = cells.map { CellRecord($0, facts, rule: rule) }
  }
}
