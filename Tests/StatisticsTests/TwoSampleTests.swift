import LinAlg
import Statistics
import TestSupport
import Testing

/// The two-sample tests against SciPy, and their probabilities where nothing differs.
struct TwoSampleTests {
  @Test func kolmogorovSmirnovIsSciPys() throws {
    for sample in try TwoSampleReference.shared.get().kolmogorov.exact {
      let test = KolmogorovSmirnov(sorted: sample.a.sorted(), sample.b.sorted())
      #expect(abs(test.statistic - sample.statistic) < 1e-15)
      // A sum of n·m weighted means of numbers from 0 to 1 of which each is right to an ulp.
      let expected = try #require(sample.pValue)
      #expect(abs(test.pValue - expected) <= 1e-12 * expected + 1e-15)
    }
  }

  @Test func kolmogorovSmirnovOfLargeSamplesIsTheLimit() throws {
    for ranks in try TwoSampleReference.shared.get().kolmogorov.limiting {
      var (a, b): ([Double], [Double]) = ([], [])
      for (rank, mark) in ranks.isFirst.enumerated() {
        if mark == "1" { a.append(Double(rank)) } else { b.append(Double(rank)) }
      }
      #expect(a.count * b.count > KolmogorovSmirnov.exactLimit)
      let test = KolmogorovSmirnov(sorted: a, b)
      #expect(abs(test.statistic - ranks.statistic) < 1e-15)
      #expect(abs(test.pValue - ranks.pValue) < 1e-12)
    }
  }

  /// A distance that is tolerated takes that much off D, and is never exceeded by less.
  @Test func kolmogorovSmirnovTolerates() {
    let (a, b) = ((0..<50).map { Double($0) + 0.5 }, (0..<40).map { Double($0) })
    let plain = KolmogorovSmirnov(sorted: a, b)
    for limit in [0, KolmogorovSmirnov.exactLimit] {
      var last = KolmogorovSmirnov(sorted: a, b, exactLimit: limit).pValue
      for share in [0.01, 0.1, 0.15, 0.3] {
        let test = KolmogorovSmirnov(sorted: a, b, tolerating: share, exactLimit: limit)
        #expect(test.statistic == plain.statistic)
        #expect(test.pValue >= last && (share < plain.statistic || test.pValue == 1))
        last = test.pValue
      }
    }
  }

  /// Every split of six values over samples of two and four, counted.
  @Test func kolmogorovSmirnovCountsSplits() {
    var statistics: [Double] = []
    for i in 0..<6 {
      for j in i + 1..<6 {
        let a = [Double(i), Double(j)]
        let b = (0..<6).filter { $0 != i && $0 != j }.map { Double($0) }
        statistics.append(KolmogorovSmirnov(sorted: a, b).statistic)
      }
    }
    let test = KolmogorovSmirnov(sorted: [0, 3], [1, 2, 4, 5])
    let share = Double(statistics.count { $0 >= test.statistic - 1e-12 }) / 15
    #expect(abs(test.pValue - share) < 1e-14)
    #expect(KolmogorovSmirnov(sorted: [1, 1], [1]).pValue == 1)
  }

  @Test func homogeneityIsSciPys() throws {
    for counts in try TwoSampleReference.shared.get().homogeneity {
      let test = Homogeneity(
        counts.a, counts.b, permutations: 9_999, key: .standard, purpose: RandomPurpose(7), seed: 0)
      #expect(abs(test.statistic - counts.statistic) <= 1e-12 * counts.statistic)
      #expect(test.degreesOfFreedom == counts.degreesOfFreedom)
      #expect(!test.isPermuted)
      #expect(abs(test.pValue - counts.pValue) <= 1e-10 * counts.pValue)
    }
  }

  /// 3 of 3 against 0 of 4: by Fisher, 1 of the 35 splits, as only one has that X² or more.
  @Test func rareCategoriesArePermuted() {
    let test = Homogeneity(
      [3, 0], [0, 4], permutations: 20_000, key: .standard, purpose: RandomPurpose(7), seed: 1)
    #expect(test.isPermuted)
    // 50 hits in about 1750 draws: a relative deviation of 1/√50 = 14 %; five of them.
    #expect(abs(test.pValue * 35 - 1) < 0.7)
    let same = Homogeneity(
      [2, 2], [2, 2], permutations: 100, key: .standard, purpose: RandomPurpose(7), seed: 1)
    #expect(same.pValue == 1)
  }

  @Test func stabilityIsTheFormula() throws {
    for sample in try TwoSampleReference.shared.get().stability {
      let test = PopulationStability(sorted: sample.a.sorted(), reference: sample.b.sorted())
      #expect(abs(test.statistic - sample.statistic) < 1e-13)
      let limit = try #require(sample.limit)
      #expect(abs(test.limit(at: 0.05) - limit) < 1e-10 * limit)
    }
  }

  /// The folklore limit of 0.1 at n = m = 100 would be passed most of the time; α is kept.
  @Test func stabilityKeepsItsLevel() {
    var (alarms, folklore) = (0, 0)
    let draws = 2_000
    for seed in 0..<draws {
      var stream = RandomStream(purpose: RandomPurpose(7), seed: UInt32(seed))
      let a = (0..<100).map { _ in stream.uniform() }.sorted()
      let b = (0..<100).map { _ in stream.uniform() }.sorted()
      let test = PopulationStability(sorted: a, reference: b)
      if test.pValue <= 0.05 { alarms += 1 }
      if test.statistic > 0.1 { folklore += 1 }
    }
    // 100 are expected, with a deviation of √(2000·0.05·0.95) = 9.7; four of them on either side,
    // and as many again for the χ² approximation with ten rows a bin.
    #expect((22...178).contains(alarms), "\(alarms) of \(draws)")
    #expect(folklore > draws / 2, "\(folklore)")
  }
}
