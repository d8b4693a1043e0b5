/// How fast a count grew over the last seconds.
package struct RecentRate {
  /// How far back it looks.
  private static let window = Duration.seconds(10)

  /// Begins at nothing.
  package init() {}

  private var points: [(time: ContinuousClock.Instant, count: Int)] = [(.now, 0)]

  /// Notes the count that is reached now.
  package mutating func note(_ count: Int) {
    let now = ContinuousClock.now
    points.append((now, count))
    // One point at the far edge of the window stays.
    while points.count > 2, now - points[1].time > Self.window { points.removeFirst() }
  }

  /// Growth a second over the window.
  package var perSecond: Double {
    guard let first = points.first, let last = points.last, points.count > 1 else { return 0 }
    return Double(last.count - first.count) / max((last.time - first.time) / .seconds(1), 1e-9)
  }
}
