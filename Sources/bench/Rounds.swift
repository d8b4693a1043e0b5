/// Times pieces of work in turns, so that a change of the machine's speed meets all alike.
enum Rounds {
  /// The median seconds of each piece of work, over `count` rounds after one that is not counted.
  static func medianSeconds(_ count: Int, of work: [() -> Void]) -> [Double] {
    var seconds = [[Double]](repeating: [], count: work.count)
    for round in 0...count {
      for (index, body) in work.enumerated() {
        let start = ContinuousClock.now
        body()
        if round > 0 { seconds[index].append((ContinuousClock.now - start) / .seconds(1)) }
      }
    }
    return seconds.map { $0.sorted()[$0.count / 2] }
  }
}
