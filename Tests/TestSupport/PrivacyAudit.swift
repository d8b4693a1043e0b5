import Foundation

/// What an adversary learns of a row, as a lower bound on the ε of whatever made two samples.
public enum PrivacyAudit {
  /// The ε that no (ε, δ)-private mechanism is below, if it made these values of two neighbouring sets;
  /// wrong once in a thousand.
  ///
  ///     P(E on one set) ≤ e^ε·P(E on the other) + δ   for every event E
  ///
  /// E is the half-line that tells a quarter of the values apart best; the others say how well, by
  /// bounds of Clopper and Pearson on both probabilities.
  public static func lowerBound(_ one: [Double], _ other: [Double], delta: Double = 0) -> Double {
    let pilots = [one, other].map { Array($0.prefix($0.count / 4)) }
    let tests = [one, other].map { Array($0.dropFirst($0.count / 4)) }
    var best = (size: -Double.infinity, line: 0.0, isAbove: true, isSwapped: false)
    for line in Set(pilots.flatMap(\.self)).sorted() {
      let counts = pilots.map { values in Double(values.count { $0 > line }) }
      for isAbove in [true, false] {
        let shares = zip(counts, pilots).map { count, values in
          ((isAbove ? count : Double(values.count) - count) + 1) / Double(values.count + 2)
        }
        // About the bounds to come, so that events too rare to show anything are not chosen.
        let widths = zip(shares, tests).map { share, values in
          3.3 * (share * (1 - share) / Double(values.count)).squareRoot()
        }
        for isSwapped in [false, true] {
          let (likely, rare) = isSwapped ? (1, 0) : (0, 1)
          let low = shares[likely] - widths[likely] - delta
          let size = low > 0 ? log(low / (shares[rare] + widths[rare])) : -Double.infinity
          if size > best.size { best = (size, line, isAbove, isSwapped) }
        }
      }
    }
    let hits = tests.map { values in values.count { ($0 > best.line) == best.isAbove } }
    let (likely, rare) = best.isSwapped ? (1, 0) : (0, 1)
    let low = atLeast(hits[likely], of: tests[likely].count)
    let high = 1 - atLeast(tests[rare].count - hits[rare], of: tests[rare].count)
    return low > delta ? max(log((low - delta) / high), 0) : 0
  }

  /// The least probability with which so many hits are no rarer than one in 2,000.
  private static func atLeast(_ hits: Int, of trials: Int) -> Double {
    guard hits > 0 else { return 0 }
    let n = Double(trials)
    let choices = (hits...trials).map { k in
      lgamma(n + 1) - lgamma(Double(k) + 1) - lgamma(n - Double(k) + 1)
    }
    var (low, high) = (0.0, Double(hits) / n)
    for _ in 0..<40 {
      let p = (low + high) / 2
      var tail = 0.0
      for (index, choice) in choices.enumerated() {
        let k = Double(hits + index)
        let term = exp(choice + k * log(p) + (n - k) * log1p(-p))
        tail += term
        if term < 1e-12 { break }
      }
      if tail < 0.0005 { low = p } else { high = p }
    }
    return low
  }
}
