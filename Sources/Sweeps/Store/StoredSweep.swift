/// A sweep over the blocks of a store: those that are there are read, the rest are run and committed,
/// and all are added up in their order.
///
/// What it comes to depends on the study, the first seed and the extent alone, not on which blocks
/// were there or on threads. Only a block that was stored with more seeds than are wanted of it
/// counts as it is.
public struct StoredSweep {
  /// How a sweep ended.
  public enum End: Sendable, Equatable {
    /// All seeds are done.
    case complete
    /// The rule has seen enough.
    case stopped
  }

  /// What is run.
  public let study: Study

  /// How many seeds are run.
  public let extent: SweepExtent

  /// The cells over the blocks so far.
  public private(set) var cells: [CellSummary]

  private let store: SweepStore
  private var next = 0

  /// A sweep that continues a store.
  ///
  /// - Precondition: The store is open for writing and is that of the study.
  public init(_ study: Study, _ extent: SweepExtent, in store: SweepStore) {
    self.study = study
    self.extent = extent
    self.store = store
    cells = study.emptyCells
  }

  /// The number of seeds so far.
  public var seedCount: Int { cells.first?.tally.seedCount ?? 0 }

  /// The largest number of blocks.
  public var blockCount: Int {
    (extent.maximumSeedCount + SeedBlock.capacity - 1) / SeedBlock.capacity
  }

  /// Runs to the end.
  ///
  /// `commit` is to call its argument, which makes a block safe, and may guard that; `didAdd` is
  /// called after each block that was run, with its number of seeds and the cells so far.
  /// - Throws: `StoreError`; the blocks committed before stay.
  public mutating func run(
    threads: Int, commit: (() throws(StoreError) -> Void) throws(StoreError) -> Void,
    didAdd: (Int, StoredSweep) -> Void
  ) throws(StoreError) -> End {
    let finished = try finishedBlocks()
    if try addStored(before: finished.firstGap) { return .stopped }
    guard next < blockCount else { return .complete }
    var clock = ContinuousClock.now
    var isMet = false
    try StudyEngine(study, firstSeed: store.plan.firstSeed, threads: threads).run(
      seedCount: extent.maximumSeedCount, finished: finished
    ) { block throws(StoreError) in
      isMet = try addStored(before: block.index)
      guard !isMet else { return false }
      let now = ContinuousClock.now
      let seconds = (now - clock) / .seconds(1)
      clock = now
      try commit { () throws(StoreError) in try store.commit(block, seconds: seconds) }
      isMet = add(block)
      didAdd(block.seedCount, self)
      return !isMet
    }
    if !isMet { isMet = try addStored(before: blockCount) }
    return isMet ? .stopped : .complete
  }

  /// The number of seeds of each block that is wanted and in the store, by its index.
  public func finishedBlocks() throws(StoreError) -> [Int: Int] {
    try store.finishedBlocks().filter { $0.key < blockCount && $0.value >= size(of: $0.key) }
  }

  /// Number of seeds wanted of a block.
  private func size(of index: Int) -> Int {
    min(SeedBlock.capacity, max(0, extent.maximumSeedCount - index * SeedBlock.capacity))
  }

  /// Adds the blocks up to `end`, which are in the store; true when the rule stops at one.
  private mutating func addStored(before end: Int) throws(StoreError) -> Bool {
    while next < min(end, blockCount) {
      guard let block = try store.block(next) else { return false }
      if add(block) { return true }
    }
    return false
  }

  /// Adds the next block; true when the rule stops there, short of the largest number of seeds.
  private mutating func add(_ block: SeedBlock) -> Bool {
    cells.add(block)
    next = block.index + 1
    guard case .until(let rule) = extent, next < blockCount else { return false }
    return rule.isMet(by: cells)
  }
}

extension [Int: Int] {
  /// The first block that is not there.
  fileprivate var firstGap: Int {
    var index = 0
    while self[index] != nil { index += 1 }
    return index
  }
}
