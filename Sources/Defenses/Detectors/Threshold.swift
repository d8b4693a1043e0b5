import LinAlg

/// Above which score a row is removed.
enum Threshold: Sendable, Equatable {
  /// The highest share of all rows, whatever they look like.
  case rate(Double)

  /// What a row of a clean normal set exceeds with probability alpha; see `NullReference`.
  case null(alpha: Double)

  /// Where the method itself draws the line, on scores as they come.
  case native

  /// What a share alpha of rows like the trusted ones exceeds at most.
  ///
  /// Of m trusted scores it is the ⌈(m + 1)(1 − alpha)⌉-th smallest; a row like them exceeds it with
  /// probability at most alpha. With m < 1/alpha − 1 no such number exists and nothing is removed.
  ///
  /// Source: Vovk, Gammerman, Shafer, "Algorithmic Learning in a Random World" (2005), section 2.
  case trusted(alpha: Double)

  /// Which of standardised scores are above; for `native` and `null`, of scores minus the line.
  ///
  /// Of rows that tie at the end of a rate, those with the smaller index go first.
  func isExceeded(by scores: [Double], trusted: [Double]) -> [Bool] {
    switch self {
    case .native, .null: return scores.map { $0 > 0 }
    case .rate(let rate):
      let count = Int((rate * Double(scores.count)).rounded())
      var flags = [Bool](repeating: false, count: scores.count)
      for row in Ranking.largest(count, of: scores) { flags[row] = true }
      return flags
    case .trusted(let alpha):
      let rank = ((Double(trusted.count) + 1) * (1 - alpha)).rounded(.up)
      guard rank <= Double(trusted.count), rank >= 1 else {
        return scores.map { _ in false }
      }
      let limit = trusted.sorted()[Int(rank) - 1]
      return scores.map { $0 > limit }
    }
  }
}

/// The middle of some scores and the spread above it, by which scores of several classes compare.
///
///     z = (s − median) / (1.4826 · median{ s − median : s > median })
///
/// Of normal scores z is standard normal. Only the upper half counts, because scores of outlyingness
/// are skewed and thresholds lie above.
package struct UpperSpread {
  private let middle: Double
  private let unit: Double

  /// The middle and spread of scores, of which there is one at least.
  package init(_ scores: [Double]) {
    let sorted = scores.sorted()
    let n = sorted.count
    let middle = (sorted[(n - 1) / 2] + sorted[n / 2]) / 2
    let above = sorted.filter { $0 > middle }.map { $0 - middle }
    let count = above.count
    let spread = count == 0 ? 0 : (above[(count - 1) / 2] + above[count / 2]) / 2
    self.middle = middle
    // Where more than half of the scores are the same, any other is as far as it differs.
    unit = spread > 0 && spread.isFinite ? 1.482_602_218_505_601_8 * spread : 1
  }

  /// z of a score.
  package func standardized(_ score: Double) -> Double {
    let z = (score - middle) / unit
    return z.isFinite ? z : z < 0 ? -.greatestFiniteMagnitude : .greatestFiniteMagnitude
  }
}
