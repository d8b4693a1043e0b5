/// Which blocks of a study are to be run, and what is there of each.
public struct BlockPlan: Sendable {
  /// Number of seeds wanted.
  public let seedCount: Int

  /// The number of seeds of each cell, in the study's order, for each block of which something is there.
  private let finished: [Int: [Int]]

  /// Cells that are to be run again from their first seed, by block.
  private let unpaired: [Int: Set<Int>]

  /// A block of which nothing is there: 0 for each cell that is fitted.
  private let nothing: [Int]

  /// Plans `seedCount` seeds of all cells of a study.
  ///
  /// `finished` has the number of seeds of each cell, in the order of the study, by block; those of `unpaired`
  /// were not compared with another cell that the study has now, so they are run again.
  /// - Precondition: `seedCount >= 0`.
  public init(
    _ study: Study, seedCount: Int, finished: [Int: [Int]] = [:], unpaired: [Int: Set<Int>] = [:]
  ) {
    precondition(seedCount >= 0, "Cannot run \(seedCount) seeds")
    (self.seedCount, self.unpaired) = (seedCount, unpaired)
    let isFitted = study.cellIndices.map(study.isFitted)
    nothing = isFitted.map { $0 ? 0 : SeedBlock.capacity }
    self.finished = finished.mapValues { counts in
      zip(counts, isFitted).map { $1 ? $0 : SeedBlock.capacity }
    }
  }

  /// Number of blocks.
  public var blockCount: Int { (seedCount + SeedBlock.capacity - 1) / SeedBlock.capacity }

  /// Number of chunks that workers take if nothing is finished.
  var chunkCount: Int {
    let size = SeedChunk.capacity(ofBlock: min(seedCount, SeedBlock.capacity))
    return (seedCount + size - 1) / size
  }

  /// Number of seeds of a block: those wanted, or those that some cell has.
  public func size(of index: Int) -> Int {
    let wanted = min(SeedBlock.capacity, max(0, seedCount - index * SeedBlock.capacity))
    let present = zip(finished[index] ?? [], nothing).filter { $1 == 0 }.map(\.0)
    return max(wanted, present.max() ?? 0)
  }

  /// What is missing of a block; nil where nothing is.
  func work(_ index: Int) -> BlockWork? {
    var counts = finished[index] ?? nothing
    for cell in unpaired[index] ?? [] { counts[cell] = 0 }
    let size = size(of: index)
    return counts.allSatisfy { $0 >= size }
      ? nil : BlockWork(index: index, seedCount: size, finished: counts)
  }

  /// The first block at or after `index` of which something is missing; nil where none is.
  package func next(from index: Int) -> BlockWork? {
    for index in index..<max(index, blockCount) {
      if let work = work(index) { return work }
    }
    return nil
  }

  /// Number of fits that are there of the blocks wanted.
  public var finishedFitCount: Int {
    finished.reduce(0) { sum, block in
      block.key < blockCount
        ? sum
          + nothing.indices.reduce(0) {
            let isThere = nothing[$1] == 0 && unpaired[block.key]?.contains($1) != true
            return $0 + (isThere ? block.value[$1] : 0)
          } : sum
    }
  }

  /// Number of fits of the blocks wanted.
  public var fitCount: Int {
    let cells = nothing.count { $0 == 0 }
    let more = finished.keys.filter { $0 < blockCount }.reduce(0) { sum, index in
      sum + size(of: index) - min(SeedBlock.capacity, seedCount - index * SeedBlock.capacity)
    }
    return (seedCount + more) * cells
  }

  /// For each cell whether some block lacks it.
  var isMissing: [Bool] {
    let isUntouched = (0..<blockCount).contains { finished[$0] == nil }
    return nothing.indices.map { cell in
      isUntouched && nothing[cell] == 0
        || unpaired.contains { $0.key < blockCount && $0.value.contains(cell) }
        || finished.contains { $0.key < blockCount && $0.value[cell] < size(of: $0.key) }
    }
  }
}
