import Dispatch
import LinAlg

/// Runs a study over many seeds on all cores.
///
///     seeds → blocks of 1,024 → chunks of 32 → workers → blocks, in order
///
/// Workers take chunks from one queue, so cores stay busy to the end and all cells finish together.
/// A fit is a function of the study, the cell and the seed: results do not depend on threads, and
/// memory does not grow with the number of seeds.
public struct StudyEngine: Sendable {
  /// What is run.
  public let study: Study

  /// The first of all seeds.
  public let firstSeed: UInt32

  /// Number of threads.
  public let threads: Int

  /// Prepares a run.
  ///
  /// - Precondition: `threads >= 1`.
  public init(_ study: Study, firstSeed: UInt32 = 0, threads: Int) {
    precondition(threads >= 1, "Cannot run on \(threads) threads")
    self.study = study
    self.firstSeed = firstSeed
    self.threads = threads
  }

  /// Runs the blocks of `seedCount` seeds, apart from those in `finished`, in order.
  ///
  /// `willContinue` is given each block on the calling thread; the run ends early when it returns
  /// false. `finished` has the number of seeds by the index of the block; a block with fewer seeds
  /// than are wanted is run anew.
  /// - Precondition: The last seed fits 32 bits.
  /// - Throws: What `willContinue` throws.
  public func run<Failure: Error>(
    seedCount: Int, finished: [Int: Int] = [:],
    willContinue: (SeedBlock) throws(Failure) -> Bool
  ) throws(Failure) {
    precondition(
      seedCount >= 0 && Int(firstSeed) + seedCount <= Int(UInt32.max) + 1,
      "Seeds must fit 32 bits")
    let planned = stride(from: 0, to: seedCount, by: SeedBlock.capacity).compactMap { start in
      let index = start / SeedBlock.capacity
      let size = min(SeedBlock.capacity, seedCount - start)
      return finished[index, default: 0] >= size
        ? nil : BlockQueue.PlannedBlock(index: index, seedCount: size)
    }
    let queue = BlockQueue(planned, lead: threads + 1)
    let starts = SoftmaxStarts(study)
    let workers = DispatchGroup()
    for _ in 0..<threads {
      DispatchQueue.global().async(group: workers) {
        var worker = SeedWorker(study, starts: starts)
        while let chunk = queue.take() {
          queue.put(worker.run(chunk, firstSeed: firstSeed), of: chunk)
        }
      }
    }
    defer {
      queue.stop()
      workers.wait()
    }
    while let (block, chunks) = queue.nextFinished() {
      guard try willContinue(SeedBlock(index: block.index, chunks, of: study)) else { return }
    }
  }

  /// The cells over `seedCount` seeds.
  public func summaries(seedCount: Int) -> [CellSummary] {
    var cells = study.emptyCells
    run(seedCount: seedCount) { block in
      cells.add(block)
      return true
    }
    return cells
  }
}
