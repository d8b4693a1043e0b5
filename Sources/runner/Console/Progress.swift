import Foundation

/// How far long work has come: a bar on a terminal, a line now and then elsewhere.
struct Progress {
  private let total: Int
  private let before: Int
  private let noun: String
  private let start = ContinuousClock.now
  private var lastLine: ContinuousClock.Instant

  /// Work of `total` items, called `noun` in the plural, of which some were done `before`.
  init(total: Int, noun: String, before: Int = 0) {
    self.total = total
    self.before = before
    self.noun = noun
    lastLine = start
  }

  /// Shows that `done` items are finished, those before among them.
  mutating func show(_ done: Int, remark: String = "") {
    let now = ContinuousClock.now
    if Console.isTerminal {
      let width = 30
      let filled = width * done / max(total, 1)
      let bar =
        String(repeating: "█", count: filled) + String(repeating: "·", count: width - filled)
      Console.tell("\r\(bar) \(line(done, at: now))\(remark)\u{1B}[K")
      if done == total { Console.clearLine() }
    } else if now - lastLine > .seconds(10) {
      lastLine = now
      Console.note(line(done, at: now) + remark)
    }
  }

  /// Seconds since the work began.
  var elapsedSeconds: Double { seconds(ContinuousClock.now - start) }

  private func line(_ done: Int, at now: ContinuousClock.Instant) -> String {
    let rate = Double(done - before) / max(seconds(now - start), 1e-9)
    let left = Double(total - done) / max(rate, 1e-9)
    let speed = rate < 10 ? String(format: "%.1f", rate) : "\(Int(rate))"
    return "\(done) of \(total) \(noun), \(speed) a second, \(Int(left.rounded(.up))) s left"
  }

  private func seconds(_ duration: Duration) -> Double { duration / .seconds(1) }
}
