/// A block of seeds that is to be run, and what is there of it.
public struct BlockWork: Sendable, Equatable {
  /// The position among the blocks of the study.
  public let index: Int

  /// Number of seeds wanted.
  public let seedCount: Int

  /// For each cell the number of seeds that are there, which are the first; a cell without fits has all.
  let finished: [Int]

  /// Position of the first seed that some cell lacks.
  var firstMissing: Int { min(finished.min() ?? seedCount, seedCount) }

  /// Where the chunk that starts at a seed has to end, so that each cell lacks all of its seeds or none.
  func bound(after start: Int) -> Int {
    min(seedCount, finished.filter { $0 > start }.min() ?? seedCount)
  }
}
