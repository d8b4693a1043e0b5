package import LinAlg

/// Pearson's χ² test of whether two samples have the same shares of categories.
///
///     X² = Σ (observed − expected)² / expected   over 2 × B counts
///
/// Where an expected count is below 5, the probability is that among random permutations of the rows
/// over the samples; otherwise that of χ² with B − 1 degrees of freedom. In more than 5,000 rows,
/// categories of an expected count below 5 are one.
///
/// Source: Pearson 1900; Cochran, "The χ² test of goodness of fit", Annals of Mathematical
/// Statistics 23 (1952).
package struct Homogeneity: Sendable {
  /// X².
  package let statistic: Double

  /// Degrees of freedom: categories that occur, but one.
  package let degreesOfFreedom: Int

  /// The probability of an X² at least as large if the shares were the same.
  package let pValue: Double

  /// Whether the probability is from permutations.
  package let isPermuted: Bool

  /// Compares the counts of the same categories.
  ///
  /// - Precondition: As many counts in both; neither sample is empty.
  package init(
    _ a: [Int], _ b: [Int], permutations: Int, key: RandomKey, purpose: RandomPurpose, seed: UInt32
  ) {
    let (n, m) = (a.reduce(0, +), b.reduce(0, +))
    precondition(n > 0 && m > 0, "No test of samples of \(n) and \(m)")
    let (a, b) = Self.pooled(a, b, n, m)
    let totals = zip(a, b).map(+)
    let observed = Self.statistic(a, totals, n, m)
    statistic = observed
    degreesOfFreedom = a.count - 1
    guard a.count > 1 else {
      (pValue, isPermuted) = (1, false)
      return
    }
    let least = Double((totals.min() ?? 0) * min(n, m)) / Double(n + m)
    guard least < 5 else {
      pValue = ChiSquared(degreesOfFreedom: Double(a.count - 1)).survival(observed)
      isPermuted = false
      return
    }
    var rows: [Int] = []
    for (category, total) in totals.enumerated() {
      rows.append(contentsOf: repeatElement(category, count: total))
    }
    var probability = SequentialPermutations(limit: permutations)
    let smaller = min(n, m)
    while !probability.isFinished {
      var stream = RandomStream(key: key, purpose: purpose, seed: seed, row: probability.drawn)
      stream.shuffle(&rows, prefix: smaller)
      var counts = [Int](repeating: 0, count: totals.count)
      for row in rows.prefix(smaller) { counts[row] += 1 }
      // The statistic is the same from either sample's counts; ties must not hang on rounding.
      let permuted = Self.statistic(counts, totals, smaller, n + m - smaller)
      probability.count(isAtLeast: permuted >= observed * (1 - 1e-12))
    }
    pValue = probability.pValue
    isPermuted = true
  }

  /// The counts of the categories that occur, in many rows those of rare ones together.
  private static func pooled(_ a: [Int], _ b: [Int], _ n: Int, _ m: Int) -> ([Int], [Int]) {
    let used = a.indices.filter { a[$0] + b[$0] > 0 }
    let share = Double(min(n, m)) / Double(n + m)
    let isRare = { (category: Int) in Double(a[category] + b[category]) * share < 5 }
    guard n + m > 5_000, used.count(where: isRare) > 1 else {
      return (used.map { a[$0] }, used.map { b[$0] })
    }
    let (rare, common) = (used.filter(isRare), used.filter { !isRare($0) })
    return (
      common.map { a[$0] } + [rare.reduce(0) { $0 + a[$1] }],
      common.map { b[$0] } + [rare.reduce(0) { $0 + b[$1] }]
    )
  }

  /// X² of the counts of a sample of n when both together have `totals` in n + m.
  private static func statistic(_ counts: [Int], _ totals: [Int], _ n: Int, _ m: Int) -> Double {
    let share = Double(n) / Double(n + m)
    var sum = 0.0
    for (count, total) in zip(counts, totals) {
      let expected = Double(total) * share
      let difference = Double(count) - expected
      // The two cells of a category differ from what is expected by the same amount.
      sum += difference * difference * (1 / expected + 1 / (Double(total) - expected))
    }
    return sum
  }
}
