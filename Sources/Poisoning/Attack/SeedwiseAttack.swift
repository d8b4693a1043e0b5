/// An attack that treats each seed by itself.
public protocol SeedwiseAttack: Attack {
  /// Writes the patch that poisons `count` rows of one seed.
  ///
  /// - Precondition: `count` is at most the capacity of the set.
  func poison(_ exposure: Exposure, count: Int, into patch: inout Patch)
}

extension SeedwiseAttack {
  /// Poisons one seed after another.
  public func poison(_ exposures: [Exposure], count: Int, into patches: inout [Patch]) {
    for index in exposures.indices {
      poison(exposures[index], count: count, into: &patches[index])
    }
  }
}
