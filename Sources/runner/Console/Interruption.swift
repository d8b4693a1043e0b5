import Dispatch
import Files
import Foundation
import Synchronization

/// Ends the program at SIGINT, SIGTERM, SIGQUIT and SIGHUP, however long the step is that it is in,
/// and takes back what is unfinished.
///
/// SIGHUP is left alone where the program was started to ignore it, as by `nohup`.
final class Interruption: Sendable {
  /// Whether the work is finished; locked while it is being finished, which is not interrupted.
  private let isFinished = Mutex(false)
  private let stopped: String
  private let finished: String
  private let cleanUp: @Sendable () -> Void

  /// The one that signals go to: a process gets them, not one of its parts.
  private static let current = Mutex<Interruption?>(nil)
  // Only made once, and then not changed.
  private nonisolated(unsafe) static let sources = listen()

  /// Starts to listen, in place of the one before.
  ///
  /// A signal before the work is finished calls `cleanUp` on another thread than the work's, then
  /// ends the program with the message `stopped`; a later one ends it with `finished`.
  init(
    stopped: String = "stopped before the end", finished: String = "stopped at the end",
    cleanUp: @escaping @Sendable () -> Void = {}
  ) {
    (self.stopped, self.finished, self.cleanUp) = (stopped, finished, cleanUp)
    Self.current.withLock { $0 = self }
    _ = unsafe Self.sources
  }

  /// Does a step that is not to be interrupted; after a signal it is not begun.
  func protect<Failure: Error>(_ body: () throws(Failure) -> Void) throws(Failure) {
    try isFinished.withLock { _ throws(Failure) in try body() }
  }

  /// Does the last step, which makes the results valid, without being interrupted.
  func finish<Failure: Error>(_ body: () throws(Failure) -> Void) throws(Failure) {
    try isFinished.withLock { isFinished throws(Failure) in
      try body()
      isFinished = true
    }
  }

  private func leave() -> Never {
    isFinished.withLock { isFinished in
      if !isFinished { cleanUp() }
      Unfinished.takeBackAll {
        Console.clearLine()
        Console.report(isFinished ? finished : stopped)
        ExitStatus.stopped.leaveAtOnce()
      }
    }
  }

  private static func listen() -> [any DispatchSourceSignal] {
    // A queue of its own gets a thread even while the work has all of the shared ones.
    let queue = DispatchQueue(label: "interruption", qos: .userInteractive)
    return [SIGINT, SIGTERM, SIGQUIT, SIGHUP].compactMap { number in
      let before = signal(number, SIG_IGN)
      let wasIgnored =
        unsafe unsafeBitCast(before, to: Int.self) == unsafeBitCast(SIG_IGN, to: Int.self)
      if number == SIGHUP, wasIgnored { return nil }
      let source = DispatchSource.makeSignalSource(signal: number, queue: queue)
      source.setEventHandler { current.withLock { $0 }?.leave() }
      source.resume()
      return source
    }
  }
}
