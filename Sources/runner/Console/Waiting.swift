import Dispatch
import Synchronization

/// Says what a step is about that gives no sign of its own: each second on a terminal, once elsewhere.
///
/// Nothing is said of a step that is soon over.
final class Waiting: Sendable {
  private let text: String
  private let start = ContinuousClock.now
  private let state = Mutex((isOver: false, hasSpoken: false))

  init(_ text: String) {
    self.text = text
    wait(seconds: Console.isTerminal ? 1.5 : 10)
  }

  /// Takes back what a terminal shows.
  func end() {
    state.withLock { state in
      if state.hasSpoken, !state.isOver { Console.clearLine() }
      state.isOver = true
    }
  }

  private func wait(seconds: Double) {
    DispatchQueue.global().asyncAfter(deadline: .now() + seconds) { [weak self] in self?.speak() }
  }

  private func speak() {
    state.withLock { state in
      guard !state.isOver else { return }
      state.hasSpoken = true
      guard Console.isTerminal else { return Console.note(text) }
      let seconds = Int((ContinuousClock.now - start) / .seconds(1))
      Console.tell("\r\(text), \(seconds) s; Ctrl-C stops it\u{1B}[K")
      wait(seconds: 1)
    }
  }
}
