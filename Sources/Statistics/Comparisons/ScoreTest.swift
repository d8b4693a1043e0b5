package import LinAlg

/// A linear permutation test: whether scores that values have are shared out by chance.
///
///     z = (Σ a − n·ā) / √( nm/(N(N − 1)) · Σ(a − ā)² ),   Σ a over the first sample of n,
///                                                       ā and Σ(a − ā)² over all N = n + m
///
/// Whatever the distribution, that is the mean and variance of Σ a over all splits, so alarms are as rare
/// as stated. Where a few scores make up most of the spread, z is not normal, and splits are drawn.
///
/// Source: Hájek, Šidák, Sen, "Theory of rank tests", 1999, chapters 3 and 4.
package struct ScoreTest: Sendable {
  /// What is compared, by the scores of a value x of rank r; values that tie share the mean of ranks.
  package enum Scores: Int, Sendable {
    /// Φ⁻¹(r/(N + 1)): van der Waerden's test, as strong as Student's for normal values.
    case location
    /// |r − (N + 1)/2|: the test of Ansari and Bradley.
    case spread
    /// x: Fisher and Pitman's test of means, which sees how far a few values are away.
    case mean
  }

  /// z; 0 where all values are equal.
  package let statistic: Double

  /// The probability of a |z| at least as large if both samples were from one distribution.
  package let pValue: Double

  /// A score that is a larger share of the deviation of a sum of as many as the smaller sample has.
  private static let largestShare = 1.0 / 3

  /// Compares two samples of values, in ascending order and of magnitudes up to 1e100.
  ///
  /// Split r is drawn from the stream at (key, purpose, seed, r).
  /// - Precondition: Neither is empty.
  /// - Complexity: O(n + m); O(n + m) for each split that is drawn.
  package init(
    sorted a: [Double], _ b: [Double], _ kind: Scores, permutations: Int, key: RandomKey,
    purpose: RandomPurpose, seed: UInt32
  ) {
    let (n, m) = (a.count, b.count)
    precondition(n > 0 && m > 0, "No test of samples of \(n) and \(m)")
    let total = n + m
    // Of values that are equal: their score, how many there are, and how many of them in the first.
    var groups: [(score: Double, count: Int, first: Int)] = []
    var (i, j) = (0, 0)
    while i + j < total {
      let (startI, startJ) = (i, j)
      let x = j == m || i < n && a[i] <= b[j] ? a[i] : b[j]
      while i < n, a[i] == x { i += 1 }
      while j < m, b[j] == x { j += 1 }
      let rank = Double(startI + startJ + i + j + 1) / 2
      let score =
        switch kind {
        case .location: NormalDistribution.quantile(rank / Double(total + 1))
        case .spread: abs(rank - Double(total + 1) / 2)
        case .mean: x
        }
      groups.append((score, i + j - startI - startJ, i - startI))
    }
    let mean = groups.reduce(0) { $0 + $1.score * Double($1.count) } / Double(total)
    var (squares, sum, largest) = (0.0, 0.0, 0.0)
    for group in groups {
      let deviation = group.score - mean
      squares += deviation * deviation * Double(group.count)
      sum += deviation * Double(group.first)
      largest = max(largest, abs(deviation))
    }
    // What is left of equal scores is rounding.
    guard total > 1, squares > 1e-12 * mean * mean * Double(total) else {
      (statistic, pValue) = (0, 1)
      return
    }
    let share = Double(n) * Double(m) / (Double(total) * Double(total - 1))
    let z = sum / (share * squares).squareRoot()
    statistic = z
    let smaller = min(n, m)
    guard largest > Self.largestShare * (squares * Double(smaller) / Double(total)).squareRoot()
    else {
      pValue = 2 * NormalDistribution.cumulative(-abs(z))
      return
    }
    var rows = groups.indices.flatMap { repeatElement($0, count: groups[$0].count) }
    var probability = SequentialPermutations(limit: permutations)
    while !probability.isFinished {
      var stream = RandomStream(key: key, purpose: purpose, seed: seed, row: probability.drawn)
      stream.shuffle(&rows, prefix: smaller)
      // The deviation of the smaller sample's sum is that of the other's, with another sign.
      let drawn = rows.prefix(smaller).reduce(0) { $0 + groups[$1].score - mean }
      probability.count(isAtLeast: abs(drawn) >= abs(sum) * (1 - 1e-12))
    }
    pValue = probability.pValue
  }
}
