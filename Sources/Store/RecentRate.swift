/// How fast a count grew over the last seconds, or since the beginning where it grew no more since.
package struct RecentRate {
  /// How far back it looks.
  private let window: Duration

  /// Begins at nothing.
  package init(window: Duration = .seconds(10)) {
    self.window = window
  }

  private var points: [(time: ContinuousClock.Instant, count: Int)] = [(.now, 0)]
  private var start = (time: ContinuousClock.Instant.now, count: 0)

  /// Notes the count that is reached now; time before the first of all is none of the work.
  package mutating func note(_ count: Int) {
    let now = ContinuousClock.now
    if count == 0 {
      points = []
      start = (now, 0)
    }
    points.append((now, count))
    // One point at the far edge of the window stays.
    while points.count > 2, now - points[1].time > window { points.removeFirst() }
  }

  /// Growth a second over the window, or over all the time.
  package var perSecond: Double {
    guard var first = points.first, let last = points.last, points.count > 1 else { return 0 }
    if last.count == first.count { first = start }
    return Double(last.count - first.count) / max((last.time - first.time) / .seconds(1), 1e-9)
  }
}
