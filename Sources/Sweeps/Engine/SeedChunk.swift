import Models

/// A few consecutive seeds of one block: what a worker takes from the queue at a time.
struct SeedChunk: Sendable, Equatable {
  /// Number of seeds of every chunk but the last of a block; a multiple of the lanes.
  ///
  /// A short block goes lane by lane, so that its few seeds, each of which may take long, are shared out.
  static func capacity(ofBlock seedCount: Int) -> Int {
    seedCount < 128 ? SeedBatch.laneCount : 32
  }

  let work: BlockWork

  /// Position of the first seed in the block.
  let start: Int

  let count: Int

  /// Whether a cell lacks these seeds; else it has all of them.
  func lacks(_ cell: Int) -> Bool { work.finished[cell] <= start }
}
