/// How many seeds a sweep runs: so many, or until it has seen enough.
public enum SweepExtent: Sendable, Equatable {
  /// This many.
  case seeds(Int)

  /// As many as the rule wants.
  case until(StoppingRule)

  /// 1,000 seeds.
  public init() { self = .seeds(1_000) }

  /// From the number of seeds, the target half-width and the largest number of seeds, if given; of none
  /// given, `standard` seeds.
  ///
  /// - Throws: `SweepExtentError` for numbers out of range or that do not go together.
  public init(
    seeds: Int?, untilHalfWidth: Double?, maximum: Int?, firstSeed: UInt32, standard: Int = 1_000
  ) throws(SweepExtentError) {
    let room = Int(UInt32.max) - Int(firstSeed) + 1
    let wanted = seeds ?? (untilHalfWidth == nil ? standard : nil)
    for (key, count) in [(SweepExtentError.Key.seeds, wanted), (.maxSeeds, maximum)] {
      guard let count, !(1...room).contains(count) else { continue }
      throw SweepExtentError(
        key: key, value: "\(count)", accepted: "from seed \(firstSeed) on: 1 to \(room)")
    }
    guard let untilHalfWidth else {
      if let maximum {
        throw SweepExtentError(
          key: .maxSeeds, value: "\(maximum)",
          accepted: "beside a half-width to stop at (until_ci) only")
      }
      self = .seeds(seeds ?? standard)
      return
    }
    guard untilHalfWidth > 0, untilHalfWidth < 1 else {
      throw SweepExtentError(
        key: .untilCI, value: "\(untilHalfWidth)",
        accepted: "a half-width between 0 and 1, such as 0.001 for 0.1 points")
    }
    let most = maximum ?? max(min(1_000_000, room), seeds ?? 1)
    if let seeds, seeds > most {
      throw SweepExtentError(
        key: .maxSeeds, value: "\(most)", accepted: "\(seeds), the number of seeds, or more")
    }
    self = .until(
      StoppingRule(
        halfWidth: untilHalfWidth, minimumSeedCount: seeds ?? 1, maximumSeedCount: most))
  }

  /// The rule that may end the run.
  public var rule: StoppingRule? { if case .until(let rule) = self { rule } else { nil } }

  /// The largest number of seeds that may be run.
  public var maximumSeedCount: Int {
    switch self {
    case .seeds(let count): count
    case .until(let rule): rule.maximumSeedCount
    }
  }
}
