import Datasets
import Dispatch
import Foundation

/// Runs a study over many seeds on all cores.
///
///     seeds → blocks of 1,024 → chunks of 32 → workers → cells → blocks, in order
///
/// Workers take chunks from one queue, so cores stay busy to the end and all cells finish together.
/// A fit is a function of the study, the cell and the seed: results do not depend on threads, and
/// memory does not grow with the number of seeds.
public struct StudyEngine: Sendable {
  /// The version of the results: it grows when the same study and seed give other bits.
  public static let version = 3

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
    (self.study, self.firstSeed, self.threads) = (study, firstSeed, threads)
  }

  /// Runs what is missing in a plan; all closures are called on the calling thread.
  ///
  /// - Parameters:
  ///   - keepsAhead: Whether checkpoints have what is new of all blocks, or of the first that is not
  ///     finished only.
  ///   - cells: Gives the cells of a block that are there.
  ///   - checkpoint: Takes what is new, at least every two seconds and before each block that is finished.
  ///   - willContinue: Takes each block that is finished, in order; the run ends early when it returns
  ///     false.
  /// - Precondition: The last seed fits 32 bits.
  /// - Throws: What the closures throw.
  public func run<Failure: Error>(
    _ plan: BlockPlan, keepsAhead: Bool = true,
    cells: (BlockWork) throws(Failure) -> [SeedBlock.Cell],
    checkpoint: (Checkpoint) throws(Failure) -> Void,
    willContinue: (SeedBlock) throws(Failure) -> Bool
  ) throws(Failure) {
    precondition(
      Int(firstSeed) + plan.seedCount <= Int(UInt32.max) + 1, "Seeds must fit 32 bits")
    let queue = BlockQueue(plan, lead: threads + 1)
    guard var next = plan.next(from: 0)?.index else { return }
    let workers = start(plan, queue)
    defer {
      queue.stop()
      workers.wait()
    }
    var open: [Int: OpenBlock] = [:]
    var due = ContinuousClock.now + Self.interval
    while true {
      let wait = max(0, (due - .now) / .seconds(1))
      for (work, fits) in queue.collect(until: Date(timeIntervalSinceNow: wait)) {
        if open[work.index] == nil {
          open[work.index] = OpenBlock(work, cells: try cells(work))
        }
        for fits in fits { open[work.index]?.take(fits) }
      }
      while let block = open[next], block.isComplete {
        try checkpoint(Checkpoint(&open, of: [next], fitCount: queue.fitCount))
        open[next] = nil
        queue.didFinishBlock()
        let finished = SeedBlock(
          index: next, seedCount: block.work.seedCount, cells: block.cells)
        guard try willContinue(finished), let following = plan.next(from: next + 1) else { return }
        next = following.index
      }
      guard ContinuousClock.now >= due else { continue }
      let began = ContinuousClock.now
      let blocks = keepsAhead ? open.keys.sorted() : [next]
      try checkpoint(Checkpoint(&open, of: blocks, fitCount: queue.fitCount))
      // What takes long to keep is kept less often, though often enough.
      due = .now + min(.milliseconds(1_500), max(Self.interval, (.now - began) * 10))
    }
  }

  /// How long a checkpoint is away where it takes no time.
  private static let interval = Duration.milliseconds(500)

  /// Starts the workers, once the starts of all cells are found.
  private func start(_ plan: BlockPlan, _ queue: BlockQueue) -> DispatchGroup {
    let workers = DispatchGroup()
    // Few seeds leave cores idle, which work on the fits of the others then.
    let count = min(threads, max(plan.chunkCount, 1))
    let share = threads / count
    DispatchQueue.global().async(group: workers) {
      let cells = CellPartners(study).including(plan.isMissing)
      let starts = SoftmaxStarts(study, of: cells)
      for _ in 0..<count {
        DispatchQueue.global().async(group: workers) {
          var worker = SeedWorker(study, starts: starts, queue: queue, threads: share)
          while let chunk = queue.take() { worker.run(chunk, firstSeed: firstSeed) }
        }
      }
    }
    return workers
  }

  /// Runs all blocks of `seedCount` seeds, in order; nothing is there before.
  ///
  /// - Precondition: `seedCount >= 0`, and the last seed fits 32 bits.
  /// - Throws: What `willContinue` throws; the run ends early when that returns false.
  public func run<Failure: Error>(
    seedCount: Int, willContinue: (SeedBlock) throws(Failure) -> Bool
  ) throws(Failure) {
    let nothing = SeedBlock.Cell(classCount: study.dataset.classCount)
    try run(
      BlockPlan(study, seedCount: seedCount),
      cells: { _ throws(Failure) in Array(repeating: nothing, count: study.cellCount) },
      checkpoint: { _ throws(Failure) in }, willContinue: willContinue)
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
