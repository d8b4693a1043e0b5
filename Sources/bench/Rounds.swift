/// Times pieces of work in turns, so that a change of the machine's speed meets all alike.
enum Rounds {
  /// Median seconds of each piece of work over `count` rounds, after one not counted if it `warmsUp`.
  static func medianSeconds(
    _ count: Int, of work: [() -> Void], warmsUp: Bool = true
  ) -> [Double] {
    let named = work.enumerated().map { (name: "\($0)", body: $1) }
    let seconds: [String: Double] = seconds(count, of: named, warmsUp: warmsUp)
    return work.indices.map { seconds["\($0)"] ?? 0 }
  }

  /// The same by the names of the pieces.
  static func seconds<Failure: Error>(
    _ count: Int, of work: [(name: String, body: () throws(Failure) -> Void)],
    warmsUp: Bool = true
  ) throws(Failure) -> [String: Double] {
    var seconds: [String: [Double]] = [:]
    for round in (warmsUp ? 0 : 1)...count {
      for (name, body) in work {
        let start = ContinuousClock.now
        try body()
        if round > 0 {
          seconds[name, default: []].append((ContinuousClock.now - start) / .seconds(1))
        }
      }
    }
    return seconds.mapValues { $0.sorted()[$0.count / 2] }
  }
}
