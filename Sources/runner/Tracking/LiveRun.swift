import Dispatch
import Synchronization
import Tracking

/// A run that is shown as being at work, and ends somehow in any case; at first there is none.
final class LiveRun: Sendable {
  private let open = Mutex<(run: Run, publisher: Publisher)?>(nil)

  func keep(_ run: Run, of publisher: Publisher) {
    open.withLock { $0 = (run, publisher) }
  }

  /// The run, unless it has ended.
  var run: Run? { open.withLock { $0?.run } }

  /// Leaves the run as it is from now on.
  func forget() { open.withLock { $0 = nil } }

  /// Ends the run without its result, if it has not ended; what keeps it from that is not told.
  ///
  /// A server that is away is not waited for long.
  func end(as status: RunStatus, error: String) {
    let taken = open.withLock { open in
      defer { open = nil }
      return open
    }
    guard let taken else { return }
    let ended = DispatchSemaphore(value: 0)
    DispatchQueue(label: "ending a run").async {
      try? taken.publisher.end(taken.run, as: status, error: error, time: currentMilliseconds())
      ended.signal()
    }
    _ = ended.wait(timeout: .now() + Self.limitSeconds)
  }

  private static let limitSeconds = 5.0
}
