public import Sweeps

/// A run of a study into a store: what is there is read, the rest is run and kept as it comes, and all is
/// added up in the order of blocks.
///
/// What it comes to depends on the study, the first seed and the extent alone, not on what was there, on
/// interruptions or on threads. Only a block that was stored with more seeds than are wanted of it counts as
/// it is.
public struct StudyRun {
  /// How a run ended.
  public enum End: Sendable, Equatable {
    /// All seeds are done.
    case complete
    /// The rule has seen enough.
    case stopped
  }

  /// What is run.
  public let study: Study

  /// What is wanted.
  public let request: StudyRequest

  /// The cells over the blocks so far.
  public private(set) var cells: [CellSummary]

  /// Number of fits that are wanted; the most where a rule ends the run.
  public let fitCount: Int

  /// Number of fits that were in the store before.
  public let storedFitCount: Int

  private let store: SweepStore
  private let places: [Int]
  private let plan: BlockPlan
  private let unpaired: [Int: Set<Int>]
  private var next = 0
  private var rate = RecentRate()

  /// A run that continues a store.
  ///
  /// - Precondition: The store is open for writing, for the study.
  public init(
    _ study: Study, _ request: StudyRequest, in store: SweepStore
  ) throws(StoreError) {
    (self.study, self.request, self.store) = (study, request, store)
    cells = study.emptyCells
    places = store.places(of: study)
    unpaired = try store.unpaired(places, CellPartners(study))
    plan = BlockPlan(
      study, seedCount: request.extent.maximumSeedCount,
      finished: try store.seedCounts(of: places), unpaired: unpaired)
    (fitCount, storedFitCount) = (plan.fitCount, plan.finishedFitCount)
    try store.want(request, of: study, fitCount: plan.fitCount)
  }

  /// The number of seeds so far, in whole blocks.
  public var seedCount: Int { cells.map(\.tally.seedCount).max() ?? 0 }

  /// Whether nothing is missing; a rule may find that less than all suffices.
  public var isComplete: Bool { plan.next(from: 0) == nil }

  /// How far a run is.
  public struct Progress: Sendable {
    /// Number of fits that are there, those before the run among them.
    public let fitCount: Int

    /// Fits a second over the last seconds; 0 before there are any.
    public let fitsPerSecond: Double

    /// Number of fits still to come; where a rule ends the run, as its widest interval lets expect.
    public let remainingFitCount: Int

    /// The half-width of the widest interval, where a rule looks at it.
    public let widest: Double?
  }

  /// Runs to the end.
  ///
  /// `commit` is to call its argument, which makes fits safe, and may guard that; `didAdvance` is
  /// called at least every two seconds.
  /// - Throws: `StoreError`; what was committed before stays.
  public mutating func run(
    threads: Int, commit: (() throws(StoreError) -> Void) throws(StoreError) -> Void,
    didAdvance: (Progress) -> Void
  ) throws(StoreError) -> End {
    var isMet = try addStored(before: plan.next(from: 0)?.index ?? plan.blockCount)
    if !isMet {
      var clock = ContinuousClock.now
      try StudyEngine(study, firstSeed: store.plan.firstSeed, threads: threads).run(
        plan, keepsAhead: rule == nil,
        cells: { work throws(StoreError) in
          var cells = try store.cells(places, ofBlock: work.index)
          for cell in unpaired[work.index] ?? [] {
            cells[cell] = SeedBlock.Cell(classCount: store.plan.classNames.count)
          }
          return cells
        },
        checkpoint: { checkpoint throws(StoreError) in
          if let (block, cell) = checkpoint.unequal {
            throw StoreError.unequalBlock(
              path: store.file.name, block: block, cell: places[cell], column: "correct")
          }
          let now = ContinuousClock.now
          let seconds = (now - clock) / .seconds(1)
          clock = now
          let progress = advance(to: checkpoint.fitCount)
          try commit { () throws(StoreError) in
            try store.commit(
              checkpoint.changes, cells: places, seconds: seconds,
              progress: StoredProgress(
                fitsPerSecond: progress.fitsPerSecond, widest: progress.widest))
          }
          didAdvance(progress)
        },
        willContinue: { block throws(StoreError) in
          isMet = try addStored(before: block.index) || add(block)
          return !isMet
        })
    }
    if !isMet { isMet = try addStored(before: plan.blockCount) }
    try commit { () throws(StoreError) in
      try store.commit(
        [], cells: places, seconds: 0,
        progress: StoredProgress(
          fitsPerSecond: rate.perSecond, widest: widest, blockCount: next))
    }
    return isMet ? .stopped : .complete
  }

  /// Goes through the blocks that were added up, in order, as the store has them.
  ///
  /// - Throws: `StoreError`, and what `body` throws.
  public func forEachBlock(_ body: (SeedBlock) throws -> Void) throws {
    for index in 0..<next {
      if let block = try store.block(index, of: places) { try body(block) }
    }
  }

  private var rule: StoppingRule? { request.extent.rule }

  private var widest: Double? { rule.map { $0.widest(of: cells) } }

  private mutating func advance(to ran: Int) -> Progress {
    rate.note(ran)
    let done = storedFitCount + ran
    return Progress(
      fitCount: done, fitsPerSecond: rate.perSecond,
      remainingFitCount: max(0, expectedFitCount - done), widest: widest)
  }

  /// Number of fits at which the run may be expected to end: widths shrink with the root of the seeds.
  private var expectedFitCount: Int {
    guard let rule, let widest, widest.isFinite, seedCount > 0 else { return fitCount }
    let ratio = widest / rule.halfWidth
    let seeds = max(Double(rule.minimumSeedCount), Double(seedCount) * ratio * ratio)
    return min(fitCount, Int(min(seeds, 1e12)) * study.fittedCount)
  }

  /// Adds the blocks up to `end`, which are in the store; true when the rule stops at one.
  private mutating func addStored(before end: Int) throws(StoreError) -> Bool {
    while next < min(end, plan.blockCount) {
      guard let block = try store.block(next, of: places) else { return false }
      if add(block) { return true }
    }
    return false
  }

  /// Adds the next block; true when the rule stops there, short of the largest number of seeds.
  private mutating func add(_ block: SeedBlock) -> Bool {
    cells.add(block)
    next = block.index + 1
    guard let rule, next < plan.blockCount else { return false }
    return rule.isMet(by: cells)
  }
}
