import Foundation
import Synchronization

/// The one queue of a run, between workers and the caller.
///
/// Workers take chunks from it in the order of seeds and bring fits back as they have them; the caller puts
/// them together. Workers stay at most `lead` blocks ahead of the caller, so memory does not grow when it is
/// slow.
///
/// `@unchecked Sendable`: every access to a variable is between `lock` and `unlock`.
final class BlockQueue: @unchecked Sendable {
  private let condition = NSCondition()
  private let plan: BlockPlan
  private let lead: Int
  private var work: BlockWork?
  private var nextStart: Int
  private var begun = 1
  private var finished = 0
  private var parts: [(work: BlockWork, fits: [CellFits])] = []
  private let stopped = Atomic(false)
  private let fits = Atomic(0)

  init(_ plan: BlockPlan, lead: Int) {
    (self.plan, self.lead) = (plan, lead)
    work = plan.next(from: 0)
    nextStart = work?.firstMissing ?? 0
  }

  /// Whether workers are to end.
  var isStopped: Bool { stopped.load(ordering: .relaxed) }

  /// Number of missing fits that were run so far, brought back or not.
  var fitCount: Int { fits.load(ordering: .relaxed) }

  /// Counts missing fits that were run.
  func count(_ fits: Int) { self.fits.wrappingAdd(fits, ordering: .relaxed) }

  /// The next chunk to work on; nil when there is none left.
  ///
  /// Waits while too far ahead.
  func take() -> SeedChunk? {
    condition.lock()
    defer { condition.unlock() }
    while !isStopped, work != nil, begun > finished + lead { condition.wait() }
    guard !isStopped, let work else { return nil }
    let end = min(
      nextStart + SeedChunk.capacity(ofBlock: work.seedCount), work.bound(after: nextStart))
    let chunk = SeedChunk(work: work, start: nextStart, count: end - nextStart)
    nextStart = end
    if end == work.seedCount {
      self.work = plan.next(from: work.index + 1)
      nextStart = self.work?.firstMissing ?? 0
      begun += 1
    }
    return chunk
  }

  func put(_ fits: [CellFits], of chunk: SeedChunk) {
    condition.lock()
    defer { condition.unlock() }
    parts.append((chunk.work, fits))
    condition.broadcast()
  }

  /// All fits that were brought since the last call; waits for some until a time.
  func collect(until end: Date) -> [(work: BlockWork, fits: [CellFits])] {
    condition.lock()
    defer { condition.unlock() }
    while parts.isEmpty, condition.wait(until: end) {}
    defer { parts = [] }
    return parts
  }

  /// Lets workers go one block further.
  func didFinishBlock() {
    condition.lock()
    defer { condition.unlock() }
    finished += 1
    condition.broadcast()
  }

  /// Lets workers end as soon as they can.
  func stop() {
    condition.lock()
    defer { condition.unlock() }
    stopped.store(true, ordering: .relaxed)
    condition.broadcast()
  }
}
