import Analyses
import Statistics
public import Sweeps
public import Validation

/// The outcome of a sweep for machines: what was run, where it stopped, and every cell.
public struct SweepRecord: Encodable, Sendable {
  private struct Outcome: Encodable {
    let program = Program.name
    let version = Program.version
    let stopping: StoppingRecord?
    let cells: [CellRecord]
    /// What makes accuracy on the data doubtful; absent where nothing does.
    let suspicions: [Suspicion]?
  }

  private let study: StudyRecord
  private let outcome: Outcome

  /// The record of the cells of a sweep.
  public init(
    _ study: Study, cells: [CellSummary], extent: SweepExtent, firstSeed: UInt32,
    suspicions: [Suspicion] = []
  ) {
    let facts = StudyFacts(study, firstSeed: firstSeed)
    self.study = StudyRecord(
      study, facts, seedCount: cells.map(\.tally.seedCount).max() ?? 0)
    outcome = Outcome(
      stopping: StoppingRecord(extent.rule, cells),
      cells: cells.map { CellRecord($0, facts, rule: extent.rule) },
      suspicions: suspicions.isEmpty ? nil : suspicions)
  }

  /// Writes both into one object.
  public func encode(to encoder: any Encoder) throws {
    try study.encode(to: encoder)
    try outcome.encode(to: encoder)
  }
}

/// A stopping rule and what became of it.
struct StoppingRecord: Encodable, Sendable {
  let rule: String
  let halfWidth: Double
  let minimumSeeds: Int
  let maximumSeeds: Int
  let squaredScale: Double
  let widestHalfWidth: Double
  let isMet: Bool
  let seeds: Int

  init?(_ rule: StoppingRule?, _ cells: [CellSummary]) {
    guard let rule else { return nil }
    self.rule =
      "normal-mixture confidence sequence, 95 % each, of every mean accuracy and paired drop, "
      + "looked at after each block of \(SeedBlock.capacity) seeds"
    halfWidth = rule.halfWidth
    minimumSeeds = rule.minimumSeedCount
    maximumSeeds = rule.maximumSeedCount
    squaredScale = rule.sequence.squaredScale
    widestHalfWidth = rule.widest(of: cells)
    isMet = widestHalfWidth <= halfWidth
    seeds = cells.first?.tally.seedCount ?? 0
  }

  /// The rule and the stopping point for people.
  var sentence: String {
    let target = Numbers.percent(halfWidth, 3)
    let widest = Numbers.percent(widestHalfWidth, 3)
    return isMet
      ? "Stopped at \(Numbers.grouped(seeds)) seeds: every interval is within ±\(target) "
        + "(widest ±\(widest))."
      : "Ended at \(Numbers.grouped(seeds)) seeds, the most allowed, before every interval was "
        + "within ±\(target) (widest ±\(widest))."
  }
}
