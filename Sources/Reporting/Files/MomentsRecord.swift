import Analyses
import Statistics
import Store

/// The moments of a measure over seeds, for machines.
struct MomentsRecord: Encodable {
  let mean: Double
  let sd: Double?
  /// Over other divisions of the same rows.
  let ci95: [Double]?
  /// Over other rows from the same source.
  private(set) var populationCi95: [Double]?

  init(_ moments: RunningMoments) {
    mean = moments.mean
    sd = moments.standardDeviation
    ci95 = moments.interval()?.ends
  }

  init(_ moments: RunningMoments, _ facts: StudyFacts) {
    self.init(moments)
    populationCi95 =
      moments.populationInterval(
        validationCount: facts.validationCount, trainingCount: facts.trainingCount)?.ends
  }
}
