/// How many seeds a sweep runs: so many, or until it has seen enough.
public enum SweepExtent: Sendable, Equatable {
  /// This many.
  case seeds(Int)

  /// As many as the rule wants.
  case until(StoppingRule)

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
