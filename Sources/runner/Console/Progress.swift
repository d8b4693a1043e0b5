import Foundation
import Store

/// How far long work has come: a bar on a terminal, a line now and then elsewhere.
struct Progress {
  private let total: Int
  private let before: Int
  private let noun: String
  private let batch: Int
  private let start = ContinuousClock.now
  private var lastLine: ContinuousClock.Instant
  private var rate = RecentRate()

  /// Work of `total` items, called `noun` in the plural, of which some were done `before`.
  ///
  /// Where items are prepared by the `batch`, only whole batches tell how fast they are.
  init(total: Int, noun: String, before: Int = 0, batch: Int = 1) {
    (self.total, self.before) = (total, before)
    (self.noun, self.batch) = (noun, batch)
    lastLine = start
  }

  /// Shows that `done` items are finished, those before among them, and `remaining` are expected.
  mutating func show(_ done: Int, remaining: Int? = nil, remark: String = "") {
    if (done - before).isMultiple(of: batch) { rate.note(done - before) }
    let now = ContinuousClock.now
    let line = line(done, remaining ?? total - done) + remark
    if Console.isTerminal {
      let width = 20
      let filled = min(width, width * done / max(total, 1))
      let bar =
        String(repeating: "█", count: filled) + String(repeating: "·", count: width - filled)
      Console.tell("\r\(bar) \(line)\u{1B}[K")
      if done == total { Console.clearLine() }
    } else if now - lastLine >= Self.pause(after: now - start), done < total {
      lastLine = now
      Console.note(line)
    }
  }

  /// Seconds since the work began.
  var elapsedSeconds: Double { (ContinuousClock.now - start) / .seconds(1) }

  /// Time between two lines: short at first, as somebody may be waiting, and longer when nobody is.
  private static func pause(after elapsed: Duration) -> Duration {
    elapsed < .seconds(60) ? .milliseconds(1_500) : .seconds(10)
  }

  private func line(_ done: Int, _ remaining: Int) -> String {
    let (speed, known) = (rate.perSecond, "\(done) of \(total) \(noun), ")
    guard speed > 0 else { return known + "time left not known yet" }
    let shown = speed < 10 ? String(format: "%.1f", speed) : "\(Int(speed))"
    return known + "\(shown) a second, \(Self.time(left: Double(remaining) / speed))"
  }

  /// A time left as people say it.
  private static func time(left seconds: Double) -> String {
    guard seconds < 1e9 else { return "time left not known yet" }
    let whole = Int(seconds.rounded(.up))
    if whole < 60 { return "\(whole) s left" }
    if whole < 3600 { return "\(whole / 60) min \(whole % 60) s left" }
    return "\(whole / 3600) h \(whole % 3600 / 60) min left"
  }
}
