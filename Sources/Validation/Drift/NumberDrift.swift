import LinAlg
import Statistics

/// Two samples of numbers: whether they differ by more than is tolerated, and by how much.
///
///     p = 4 · min(p of D, p of the location, p of the mean, p of the spread)
///
/// Ranks and permutations say whether there is any difference, whatever the distribution. Beyond a tolerance T the means
/// must differ by more than T deviations, the spreads by more than a share T, or the distributions
/// anywhere by more than 2Φ(T/2) − 1, which a normal distribution does that moves by T.
struct NumberDrift {
  /// How tests are drawn and what they tolerate.
  struct Terms {
    let tolerance: Double
    let permutations: Int
    /// Below 2⁶²; random numbers of two comparisons are apart where theirs differ.
    let key: UInt64
    let seed: UInt32
    let exactLimit: Int

    /// 2Φ(T/2) − 1.
    var share: Double { DriftTolerance.share(tolerance) }
  }

  /// How many tests one p-value is of.
  static let testCount = 4

  let statistic: Double
  let pValue: Double
  private let shift: SampleShift?

  /// Compares two samples of finite values, in ascending order.
  ///
  /// - Precondition: Neither is empty.
  init(sorted a: [Double], _ b: [Double], _ terms: Terms) {
    let ks = KolmogorovSmirnov(
      sorted: a, b, tolerating: terms.share, exactLimit: terms.exactLimit)
    let shift = SampleShift(sorted: a, reference: b)
    func rank(_ scores: ScoreTest.Scores) -> Double {
      ScoreTest(
        sorted: a, b, scores, permutations: terms.permutations,
        key: RandomKey(terms.key << 2 | UInt64(scores.rawValue)), purpose: .rankDrift,
        seed: terms.seed
      ).pValue
    }
    var (location, spread) = (min(rank(.location), rank(.mean)), rank(.spread))
    if terms.tolerance > 0, let shift {
      location = max(location, shift.shiftProbability(beyond: terms.tolerance))
      spread = max(spread, shift.spreadProbability(beyond: terms.tolerance))
    }
    statistic = ks.statistic
    pValue = min(1, Double(Self.testCount) * min(ks.pValue, location, spread))
    self.shift = shift
  }

  /// The size, whose interval holds for so many comparisons together.
  func size(of count: Int = 1) -> DriftSize {
    DriftSize(
      shift: shift?.difference, interval: shift?.interval(confidence: 1 - 0.05 / Double(count)),
      spread: shift?.spread)
  }
}

/// What a change may be without being drift.
package enum DriftTolerance {
  /// The share of the rows that a shift of a normal distribution by so many deviations moves:
  /// 2Φ(T/2) − 1, the largest distance of the distribution functions.
  package static func share(_ deviations: Double) -> Double {
    2 * NormalDistribution.cumulative(deviations / 2) - 1
  }
}
