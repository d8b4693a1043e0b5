import Dispatch
import Foundation
import Synchronization

/// Turns SIGINT and SIGTERM into a flag that long work looks at between blocks.
final class Interruption: Sendable {
  private let requested = Atomic(false)
  private nonisolated(unsafe) var sources: [any DispatchSourceSignal] = []

  /// Starts to listen; until this object goes, the signals end nothing by themselves.
  init() {
    for number in [SIGINT, SIGTERM] {
      signal(number, SIG_IGN)
      let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
      source.setEventHandler { [weak self] in
        self?.requested.store(true, ordering: .relaxed)
      }
      source.resume()
      // Only the initialiser writes the list.
      unsafe sources.append(source)
    }
  }

  /// Whether the work should stop.
  var isRequested: Bool { requested.load(ordering: .relaxed) }
}
