import Datasets
import Models
import Poisoning
public import Sweeps

/// The outcome of a sweep for machines: what was run, where it stopped, and every cell.
public struct SweepRecord: Encodable, Sendable {
  struct Cell: Encodable {
    let attack: String
    let level: Double
    let defense: String
    let model: String
    /// Nil where the defence is not for the model.
    let accuracy: ExperimentRecord.MomentsRecord?
    let accuracyAnytimeCi95: [Double]?
    let accuracyDrop: ExperimentRecord.MomentsRecord?
    let accuracyDropAnytimeCi95: [Double]?
    let accuracyGain: ExperimentRecord.MomentsRecord?
    let accuracyGainAnytimeCi95: [Double]?
    let detection: DetectionRecord?
    let macroF1: ExperimentRecord.MomentsRecord?
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
  let trustedShare: Double
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
    let anytime = { (moments: RunningMoments, range: Double) in
      rule?.sequence.interval(moments, range: range).map { [$0.lower, $0.upper] }
    }
    self.cells = cells.map { cell in
      let hasDrop = !cell.isReference && cell.accuracyDrop.count > 0
      let gain = cell.accuracyGain
      let moments = { (moments: RunningMoments) in
        moments.count > 0 ? ExperimentRecord.MomentsRecord(moments, facts) : nil
      }
      return Cell(
        attack: cell.attackName, level: cell.level.share, defense: cell.defenseName,
        model: cell.modelName,
        accuracy: moments(cell.accuracy),
        accuracyAnytimeCi95: cell.accuracy.count > 0 ? anytime(cell.accuracy, 1) : nil,
        accuracyDrop: hasDrop ? moments(cell.accuracyDrop) : nil,
        accuracyDropAnytimeCi95: hasDrop ? anytime(cell.accuracyDrop, 2) : nil,
        accuracyGain: moments(gain),
        accuracyGainAnytimeCi95: gain.count > 0 ? anytime(gain, 2) : nil,
        detection: DetectionRecord(cell, facts), macroF1: moments(cell.macroF1),
        logLoss: moments(cell.logLoss), attackSuccess: moments(cell.success),
        attackSuccessGain: moments(cell.successGain), attackCollateral: moments(cell.collateral),
        unconvergedFits: cell.unconvergedCount)
    }
  }
}
