import LinAlg

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

extension Exposure {
  /// The random numbers of an attack for the row at a position, addressed by where it came from.
  func stream(_ purpose: RandomPurpose, position: Int) -> RandomStream {
    RandomStream(key: key, purpose: purpose, seed: seed, row: training.rowIDs[position])
  }

  /// The random numbers of an attack that belong to no row.
  func stream(_ purpose: RandomPurpose) -> RandomStream {
    RandomStream(key: key, purpose: purpose, seed: seed)
  }
}
