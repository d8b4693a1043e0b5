import Datasets
import LinAlg

extension SourceStudy {
  /// Runs seeds.
  ///
  /// - Parameters:
  ///   - seedCount: Number of seeds, from `firstSeed` on; each is another draw of validation rows.
  ///   - withShapley: Whether every set of sources is fitted, 2^G fits a seed.
  ///   - threads: Number of threads; results do not depend on it.
  /// - Throws: `SourceStudyError.tooManySources`.
  /// - Precondition: `seedCount >= 2`.
  package func run(
    firstSeed: UInt32 = 0, seedCount: Int, withShapley: Bool = false, threads: Int
  ) throws(SourceStudyError) -> SourceEffects {
    let count = sources.count
    guard !withShapley || count <= Self.subsetLimit else {
      throw .tooManySources(count, limit: Self.subsetLimit)
    }
    precondition(seedCount >= 2, "\(seedCount) seeds leave no interval")
    let subsets = withShapley ? Self.allSets(of: count) : Self.largestSets(of: count)
    let correct = Parallel.map(seedCount, threads: threads) { index in
      let split = split(seed: firstSeed + UInt32(index))
      return subsets.map { self.correct(split, keeping: $0) }
    }
    let validationCount = split(seed: firstSeed).validation.count
    var effects = SourceEffects(self, validationCount: validationCount)
    for counts in correct {
      let shares = counts.map { Double($0) / Double(validationCount) }
      // Without one source: set 2^G − 1 − 2^g of all, which begin with set 1; else g + 1.
      effects.add(
        all: shares[withShapley ? shares.count - 1 : 0],
        without: (0..<count).map { shares[withShapley ? shares.count - 1 - (1 << $0) : $0 + 1] })
      if withShapley { effects.add(shapley: shapley(shares)) }
    }
    effects.judge()
    return effects
  }

  /// All sources, then all but each.
  private static func largestSets(of count: Int) -> [[Bool]] {
    let all = [Bool](repeating: true, count: count)
    return [all]
      + all.indices.map { left in
        var set = all
        set[left] = false
        return set
      }
  }

  /// Every set of sources but the empty one: set s, at s − 1, holds source g where bit g of s is 1.
  private static func allSets(of count: Int) -> [[Bool]] {
    (1..<1 << count).map { set in (0..<count).map { set >> $0 & 1 == 1 } }
  }

  /// Shapley values of the sources for one seed.
  ///
  ///     φ_g = Σ over sets S without g of |S|!·(G − |S| − 1)!/G! · (v(S ∪ g) − v(S))
  ///
  /// v is accuracy; without any row that of a guess, 1/K, so that Σ φ_g = v(all) − 1/K.
  ///
  /// Source: Shapley, "A value for n-person games", Contributions to the theory of games II (1953).
  private func shapley(_ shares: [Double]) -> [Double] {
    let count = sources.count
    let value = { (set: Int) in set == 0 ? 1 / Double(self.dataset.classCount) : shares[set - 1] }
    // |S|!·(G − |S| − 1)!/G! = 1 / (G · binomial(G − 1, |S|)).
    var binomial = [1.0]
    for size in 1..<count {
      binomial.append(binomial[size - 1] * Double(count - size) / Double(size))
    }
    var values = [Double](repeating: 0, count: count)
    for set in 0..<1 << count {
      let weight = 1 / (Double(count) * binomial[min(set.nonzeroBitCount, count - 1)])
      for g in 0..<count where set >> g & 1 == 0 {
        values[g] += weight * (value(set | 1 << g) - value(set))
      }
    }
    return values
  }
}
