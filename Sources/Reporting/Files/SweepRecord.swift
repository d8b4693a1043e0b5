import Analyses
public import Sweeps

/// The outcome of a sweep for machines: what was run, where it stopped, and every cell.
public struct SweepRecord: Encodable, Sendable {
  private struct Outcome: Encodable {
    let program = Program.name
    let version = Program.version
    let stopping: StoppingRecord?
    let cells: [CellRecord]
  }

  private let study: StudyRecord
  private let outcome: Outcome

  /// The record of the cells of a sweep.
  public init(_ study: Study, cells: [CellSummary], extent: SweepExtent, firstSeed: UInt32) {
    let facts = StudyFacts(study, firstSeed: firstSeed)
    self.study = StudyRecord(
      study, facts, seedCount: cells.map(\.tally.seedCount).max() ?? 0)
    outcome = Outcome(
      stopping: StoppingRecord(extent.rule, cells),
      cells: cells.map { CellRecord($0, facts, rule: extent.rule) })
  }

  /// Writes both into one object.
  public func encode(to encoder: any Encoder) throws {
    try study.encode(to: encoder)
    try outcome.encode(to: encoder)
  }
}
