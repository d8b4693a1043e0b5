import Foundation

/// How far long work has come: a bar on a terminal, a line now and then elsewhere.
struct Progress {
  private let total: Int
  private let noun: String
  private let start = ContinuousClock.now
  private var lastLine: ContinuousClock.Instant

  /// Work of `total` items, called `noun` in the plural.
  init(total: Int, noun: String) {
    self.total = total
    self.noun = noun
    lastLine = start
  }

  /// Shows that `done` items are finished.
  mutating func show(_ done: Int) {
    let now = ContinuousClock.now
    if Console.isTerminal {
      let width = 30
      let filled = width * done / max(total, 1)
      let bar =
        String(repeating: "█", count: filled) + String(repeating: "·", count: width - filled)
      Console.tell("\r\(bar) \(line(done, at: now))\u{1B}[K")
      if done == total { Console.clearLine() }
    } else if now - lastLine > .seconds(10) {
      lastLine = now
      Console.note(line(done, at: now))
    }
  }

  /// Seconds since the work began.
  var elapsedSeconds: Double { seconds(ContinuousClock.now - start) }

  private func line(_ done: Int, at now: ContinuousClock.Instant) -> String {
    let rate = Double(done) / max(seconds(now - start), 1e-9)
    let left = Double(total - done) / max(rate, 1e-9)
    return "\(done) of \(total) \(noun), \(Int(rate)) a second, \(Int(left.rounded(.up))) s left"
  }

  private func seconds(_ duration: Duration) -> Double { duration / .seconds(1) }
}
