import Analyses
import Poisoning
import Statistics
import Store
import Sweeps

/// A cell of a study for machines: what it is, and its measures.
struct CellRecord: Encodable, Sendable {
  /// What is not a measure.
  struct Cell: Encodable {
    let attack: String
    let level: Double
    let defense: String
    var model: String
    /// How well its defences told poisoned rows from others; nil where none judged rows.
    let detection: [String: MomentsRecord]?
    var poisonedRows: Int?
    var trainingRows: Int?
    var confusion: [[Int]]?
    let unconvergedFits: Int
  }

  var cell: Cell

  private let measures: [String: MomentsRecord]
  private let anytime: [String: [Double]]

  /// The record of a cell; with a rule, also the intervals that hold at all looks.
  init(_ summary: CellSummary, _ facts: StudyFacts, rule: StoppingRule? = nil) {
    var (measures, detection): ([String: MomentsRecord], [String: MomentsRecord]) = ([:], [:])
    var anytime: [String: [Double]] = [:]
    for (measure, moments) in summary.measures {
      let record = MomentsRecord(moments, facts)
      if measure.subject == .detection {
        detection[measure.key] = record
      } else {
        measures[measure.key] = record
      }
      if let range = measure.range {
        anytime["\(measure.key)_anytime_ci95"] =
          rule?.sequence.interval(moments, range: range)?.ends
      }
    }
    (self.measures, self.anytime) = (measures, anytime)
    cell = Cell(
      attack: summary.attackName, level: summary.level.share, defense: summary.defenseName,
      model: summary.modelName, detection: detection.isEmpty ? nil : detection,
      unconvergedFits: summary.unconvergedCount)
  }

  /// Writes all of it into one object.
  func encode(to encoder: any Encoder) throws {
    try cell.encode(to: encoder)
    try measures.encode(to: encoder)
    try anytime.encode(to: encoder)
  }
}

/// The moments of a measure over seeds, for machines.
struct MomentsRecord: Encodable {
  let mean: Double
  let sd: Double?
  /// Over other divisions of the same rows; over other seeds, where the rows of a file are judged on.
  let ci95: [Double]?
  /// Over other rows from the same source.
  let populationCi95: [Double]?

  init(_ moments: RunningMoments, _ facts: StudyFacts? = nil) {
    mean = moments.mean
    sd = moments.standardDeviation
    ci95 = moments.interval()?.ends
    populationCi95 = facts.flatMap { $0.populationInterval(moments)?.ends }
  }
}
