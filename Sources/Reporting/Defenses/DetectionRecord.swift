import Statistics
import Sweeps

/// How well the defences of a cell told poisoned rows from others, for machines.
struct DetectionRecord: Encodable {
  let precision: ExperimentRecord.MomentsRecord?
  let recall: ExperimentRecord.MomentsRecord?
  let falseAlarmRate: ExperimentRecord.MomentsRecord?
  let rocAuc: ExperimentRecord.MomentsRecord?
  let precisionAtBudget: ExperimentRecord.MomentsRecord?

  /// The record of a cell; nil where no defence judged rows.
  init?(_ cell: CellSummary, _ facts: StudyFacts) {
    let found = cell.detection
    guard found.falseAlarmRate.count > 0 else { return nil }
    let moments = { (moments: RunningMoments) in
      moments.count > 0 ? ExperimentRecord.MomentsRecord(moments, facts) : nil
    }
    precision = moments(found.precision)
    recall = moments(found.recall)
    falseAlarmRate = moments(found.falseAlarmRate)
    rocAuc = moments(found.rocAUC)
    precisionAtBudget = moments(found.precisionAtBudget)
  }
}
