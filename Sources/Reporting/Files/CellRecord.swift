import Poisoning
import Statistics
import Sweeps

/// A cell of a study for machines.
struct CellRecord: Encodable, Sendable {
  typealias Moments = ExperimentRecord.MomentsRecord

  let attack: String
  let level: Double
  let defense: String
  var model: String
  /// Nil where the defence is not for the model.
  let accuracy: Moments?
  let accuracyAnytimeCi95: [Double]?
  let accuracyDrop: Moments?
  let accuracyDropAnytimeCi95: [Double]?
  let accuracyGain: Moments?
  let accuracyGainAnytimeCi95: [Double]?
  let detection: DetectionRecord?
  let macroF1: Moments?
  var macroF1Drop: Moments?
  let logLoss: Moments?
  let attackSuccess: Moments?
  let attackSuccessGain: Moments?
  let attackCollateral: Moments?
  var poisonedRows: Int?
  var trainingRows: Int?
  var confusion: [[Int]]?
  let unconvergedFits: Int

  /// The record of a cell; with a rule, also the intervals that hold at all looks.
  init(_ cell: CellSummary, _ facts: StudyFacts, rule: StoppingRule? = nil) {
    let moments = { (moments: RunningMoments) in
      moments.count > 0 ? Moments(moments, facts) : nil
    }
    let anytime = { (moments: RunningMoments, range: Double) in
      moments.count == 0
        ? nil : rule?.sequence.interval(moments, range: range).map { [$0.lower, $0.upper] }
    }
    attack = cell.attackName
    level = cell.level.share
    defense = cell.defenseName
    model = cell.modelName
    accuracy = moments(cell.accuracy)
    accuracyAnytimeCi95 = anytime(cell.accuracy, 1)
    accuracyDrop = cell.isReference ? nil : moments(cell.accuracyDrop)
    accuracyDropAnytimeCi95 = cell.isReference ? nil : anytime(cell.accuracyDrop, 2)
    accuracyGain = moments(cell.accuracyGain)
    accuracyGainAnytimeCi95 = anytime(cell.accuracyGain, 2)
    detection = DetectionRecord(cell, facts)
    macroF1 = moments(cell.macroF1)
    logLoss = moments(cell.logLoss)
    attackSuccess = moments(cell.success)
    attackSuccessGain = moments(cell.successGain)
    attackCollateral = moments(cell.collateral)
    unconvergedFits = cell.unconvergedCount
  }
}
