import Dispatch
import Foundation
import Synchronization

/// Ends the program at SIGINT and SIGTERM, however long the step is that it is in.
final class Interruption: Sendable {
  /// Whether the work is finished; locked while it is being finished, which is not interrupted.
  private let isFinished = Mutex(false)
  private nonisolated(unsafe) var sources: [any DispatchSourceSignal] = []

  /// Starts to listen.
  ///
  /// A signal before the work is finished calls `cleanUp` on another thread than the work's, then
  /// ends the program with the message `stopped`; a later one ends it with `finished`.
  init(stopped: String, finished: String, cleanUp: @escaping @Sendable () -> Void) {
    // A queue of its own gets a thread even while the work has all of the shared ones.
    let queue = DispatchQueue(label: "interruption", qos: .userInteractive)
    for number in [SIGINT, SIGTERM] {
      signal(number, SIG_IGN)
      let source = DispatchSource.makeSignalSource(signal: number, queue: queue)
      // The handler keeps this object, so that it listens until the program ends.
      source.setEventHandler { [self] in
        isFinished.withLock { isFinished in
          if !isFinished { cleanUp() }
          Console.clearLine()
          Console.report(isFinished ? finished : stopped)
          ExitStatus.stopped.leaveAtOnce()
        }
      }
      source.resume()
      // Only the initialiser writes the list.
      unsafe sources.append(source)
    }
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
}
