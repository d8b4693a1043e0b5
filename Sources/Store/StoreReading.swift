public import Sweeps

/// What of a store the last command wanted: what it showed can be shown again.
public struct StoreReading: Sendable {
  /// The store.
  public let store: SweepStore

  /// What was wanted; nil for a store of before commands said so.
  public let request: StudyRequest?

  /// The cells, conditions outermost and models innermost, by their places in the store.
  public let places: [Int]

  /// The number of blocks that the answer is over; nil for all there are.
  let blockLimit: Int?

  /// Reads what was wanted, which is all of a store of before commands said so.
  public init(_ store: SweepStore) throws(StoreError) {
    self.store = store
    let stored = try store.request()
    request = stored?.request
    places = stored?.cells ?? Array(store.cells.indices)
    blockLimit = try store.progress()?.blockCount
  }

  /// The cells.
  public var cells: [StudyCell] { places.map { store.cells[$0] } }

  /// The cells over their seeds, added up in the order of blocks.
  ///
  /// - Throws: `StoreError.damaged`.
  public func summaries() throws(StoreError) -> [CellSummary] {
    let all = try store.summaries(before: blockLimit)
    return places.map { all[$0] }
  }

  /// How much the models of each cell disagree with themselves; nil where that was not measured.
  ///
  /// - Throws: `StoreError.damaged`.
  package func disagreements() throws(StoreError) -> [Disagreement?] {
    let found = try store.disagreements()
    return places.map { found[$0] }
  }

  /// Right predictions of all cells, where some have more seeds than others under those that all have.
  ///
  /// - Throws: `StoreError.damaged`.
  public func counts() throws(StoreError) -> SeedCounts {
    var columns: [[Int]] = []
    for cell in places.indices { columns.append(try correctCounts(ofCell: cell).counts) }
    let shared = columns.map(\.count).filter { $0 > 0 }.min() ?? 0
    return SeedCounts(
      columns.map { Array($0.prefix(shared)) }, validationCount: store.plan.validationCount)
  }

  /// Counts of validation rows predicted right in one of the cells.
  ///
  /// - Returns: The seeds, ascending, and the count of each.
  /// - Throws: `StoreError.damaged`.
  public func correctCounts(
    ofCell cell: Int
  ) throws(StoreError) -> (seeds: [Int], counts: [Int]) {
    try store.correctCounts(ofCell: places[cell], before: blockLimit)
  }

  /// Goes through the blocks of which the cells have as many seeds, in order: one that is in work is left out.
  public func forEachBlock(_ body: (SeedBlock) -> Void) throws(StoreError) {
    for index in try store.finishedBlocks().keys.sorted() where index < blockLimit ?? .max {
      let cells = try store.cells(places, ofBlock: index)
      let counts = Set(cells.filter(\.isFitted).map(\.correct.count))
      guard counts.count == 1, let count = counts.first else { continue }
      body(SeedBlock(index: index, seedCount: count, cells: cells))
    }
  }
}
