import Foundation

/// The one queue of a run, between workers and the caller.
///
/// Workers take chunks from it in the order of seeds and bring results back; the caller takes finished
/// blocks from it in their order.
///
/// Workers stay at most `lead` blocks ahead of the caller, so memory does not grow when it is slow.
///
/// `@unchecked Sendable`: every access to a variable is between `lock` and `unlock`.
final class BlockQueue: @unchecked Sendable {
  private let condition = NSCondition()
  private let blocks: [PlannedBlock]
  private let lead: Int
  private var nextBlock = 0
  private var nextStart = 0
  private var takenBlocks = 0
  private var isStopped = false
  private var parts: [Int: [(chunk: SeedChunk, result: ChunkResult)]] = [:]

  /// A block to be worked on.
  struct PlannedBlock: Sendable {
    let index: Int
    let seedCount: Int
  }

  /// A queue of blocks in the order given.
  init(_ blocks: [PlannedBlock], lead: Int) {
    self.blocks = blocks
    self.lead = lead
  }

  /// The next chunk to work on; nil when there is none left.
  ///
  /// Waits while too far ahead.
  func take() -> SeedChunk? {
    condition.lock()
    defer { condition.unlock() }
    while !isStopped, nextBlock < blocks.count, nextBlock >= takenBlocks + lead {
      condition.wait()
    }
    guard !isStopped, nextBlock < blocks.count else { return nil }
    let block = blocks[nextBlock]
    let count = min(
      SeedChunk.capacity(ofBlock: block.seedCount), block.seedCount - nextStart)
    let chunk = SeedChunk(
      block: nextBlock, start: block.index * SeedBlock.capacity + nextStart, count: count)
    nextStart += count
    if nextStart == block.seedCount { (nextBlock, nextStart) = (nextBlock + 1, 0) }
    return chunk
  }

  /// Brings the result of a chunk.
  func put(_ result: ChunkResult, of chunk: SeedChunk) {
    condition.lock()
    defer { condition.unlock() }
    parts[chunk.block, default: []].append((chunk, result))
    condition.broadcast()
  }

  /// The chunks of the next block once all are there, in the order of seeds; nil after the last.
  func nextFinished() -> (block: PlannedBlock, chunks: [(chunk: SeedChunk, result: ChunkResult)])? {
    condition.lock()
    defer { condition.unlock() }
    guard takenBlocks < blocks.count else { return nil }
    let block = blocks[takenBlocks]
    while !isStopped {
      let done = parts[takenBlocks]?.reduce(0) { $0 + $1.chunk.count } ?? 0
      if done == block.seedCount, let chunks = parts.removeValue(forKey: takenBlocks) {
        takenBlocks += 1
        condition.broadcast()
        return (block, chunks.sorted { $0.chunk.start < $1.chunk.start })
      }
      condition.wait()
    }
    return nil
  }

  /// Lets workers end after the chunk they are at.
  func stop() {
    condition.lock()
    defer { condition.unlock() }
    isStopped = true
    condition.broadcast()
  }
}
