import Dispatch
import Foundation
import Synchronization

/// The one place where threads start: a loop whose iterations run on several cores.
///
/// Iterations are taken from one shared counter, so uneven ones balance; nothing about the results
/// may depend on which thread ran which iteration.
public enum Parallel {
  /// Number of cores this process may use.
  public static var coreCount: Int { ProcessInfo.processInfo.activeProcessorCount }

  /// Calls `body` once for each index in 0..<count, on up to `threads` threads, and waits.
  ///
  /// - Precondition: `count >= 0 && threads >= 1`.
  public static func forEach(_ count: Int, threads: Int, _ body: @Sendable (Int) -> Void) {
    precondition(count >= 0 && threads >= 1, "Cannot run \(count) items on \(threads) threads")
    let workers = min(threads, count)
    guard workers > 1 else {
      for index in 0..<count { body(index) }
      return
    }
    let next = Atomic(0)
    DispatchQueue.concurrentPerform(iterations: workers) { _ in
      while true {
        let index = next.wrappingAdd(1, ordering: .relaxed).oldValue
        guard index < count else { return }
        body(index)
      }
    }
  }

  /// The results of `body` for 0..<count in index order, computed on up to `threads` threads.
  ///
  /// - Precondition: `count >= 0 && threads >= 1`.
  public static func map<Result: Sendable>(
    _ count: Int, threads: Int, _ body: @Sendable (Int) -> Result
  ) -> [Result] {
    // The initialiser below would write its count into the one empty array that all share.
    guard count > 0 else { return [] }
    return unsafe Array(unsafeUninitializedCapacity: count) { buffer, initialized in
      // Safe: each index initialises its own slot exactly once, and forEach waits for all.
      nonisolated(unsafe) let slots = unsafe buffer
      forEach(count, threads: threads) { index in
        unsafe slots.initializeElement(at: index, to: body(index))
      }
      initialized = count
    }
  }
}
