import Datasets
import Models
import Poisoning
public import Sweeps

/// The outcome of a sweep for machines: what was run, where it stopped, and every cell.
public struct SweepRecord: Encodable, Sendable {
  struct Cell: Encodable {
    let attack: String
    let level: Double
    let model: String
    let accuracy: ExperimentRecord.MomentsRecord
    let accuracyAnytimeCi95: [Double]?
    let accuracyDrop: ExperimentRecord.MomentsRecord?
    let accuracyDropAnytimeCi95: [Double]?
    let macroF1: ExperimentRecord.MomentsRecord
    let logLoss: ExperimentRecord.MomentsRecord?
    let attackSuccess: ExperimentRecord.MomentsRecord?
    let attackSuccessGain: ExperimentRecord.MomentsRecord?
    let attackCollateral: ExperimentRecord.MomentsRecord?
    let unconvergedFits: Int
  }

  let program: String
  let version: String
  let dataset: DatasetRecord
  let models: [ModelRecord]
  let scaler: String
  let scalerFit: String
  let validationShare: Double
  let trainingRows: Int
  let validationRows: Int
  let firstSeed: Int
  let seeds: Int
  let stopping: StoppingRecord?
  let attacks: [StudiedAttack]
  let cells: [Cell]

  /// The record of the cells of a sweep.
  public init(_ study: Study, cells: [CellSummary], extent: SweepExtent, firstSeed: UInt32) {
    let rule: StoppingRule? = if case .until(let rule) = extent { rule } else { nil }
    program = Program.name
    version = Program.version
    dataset = DatasetRecord(study.dataset)
    models = study.models.map(ModelRecord.init)
    scaler = study.scaler.rawValue
    scalerFit = study.scalerPolicy.rawValue
    validationShare = study.validationShare
    trainingRows = study.trainingCount
    validationRows = study.validationCount
    self.firstSeed = Int(firstSeed)
    seeds = cells.first?.tally.seedCount ?? 0
    stopping = StoppingRecord(rule, cells)
    attacks = StudiedAttack.all(of: study)
    let anytime = { (moments: RunningMoments, range: Double) in
      rule?.sequence.interval(moments, range: range).map { [$0.lower, $0.upper] }
    }
    self.cells = cells.map { cell in
      let hasDrop = cell.level != .clean && cell.accuracyDrop.count > 0
      let moments = { (moments: RunningMoments) in
        ExperimentRecord.MomentsRecord(moments, study)
      }
      return Cell(
        attack: cell.attackName, level: cell.level.share, model: cell.modelName,
        accuracy: moments(cell.accuracy), accuracyAnytimeCi95: anytime(cell.accuracy, 1),
        accuracyDrop: hasDrop ? moments(cell.accuracyDrop) : nil,
        accuracyDropAnytimeCi95: hasDrop ? anytime(cell.accuracyDrop, 2) : nil,
        macroF1: moments(cell.macroF1),
        logLoss: cell.logLoss.count > 0 ? moments(cell.logLoss) : nil,
        attackSuccess: cell.success.count > 0 ? moments(cell.success) : nil,
        attackSuccessGain: cell.successGain.count > 0 ? moments(cell.successGain) : nil,
        attackCollateral: cell.collateral.count > 0 ? moments(cell.collateral) : nil,
        unconvergedFits: cell.unconvergedCount)
    }
  }
}
