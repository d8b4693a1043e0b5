import Datasets
import LinAlg
import Models
import Validation

/// Removes rows with values that cannot be, and copies of rows.
///
///     fence:    Q₁ − 3·(Q₃ − Q₁) ≤ x ≤ Q₃ + 3·(Q₃ − Q₁)
///     trusted:  min − m·(max − min) ≤ x ≤ max + m·(max − min)   over the trusted rows
///
/// for each feature, over all rows or those of a class. A normal value lies beyond a fence once in 400,000. A
/// feature whose quartiles are the same has no fence. The score of a row is how far its worst value lies
/// beyond, in units of the range; a copy has 1.
///
/// Source: Tukey, "Exploratory Data Analysis" (1977), section 2D: outer fences.
struct RangeCheck: RowDefense {
  /// Where ranges come from.
  enum Ranges: String, CaseIterable, Sendable { case fence, trusted }

  let ranges: Ranges
  let scope: Detector.Scope
  let margin: Double
  let removesCopies: Bool

  let name = "validate"

  var needsTrusted: Bool { ranges == .trusted }

  var parameters: [String: String] {
    changed([
      "ranges": ranges.rawValue, "scope": scope.rawValue, "margin": "\(margin)",
      "duplicates": removesCopies ? "remove" : "keep",
    ])
  }

  func judge(_ suspects: Suspects, for learner: any Learner, threads: Int) -> Verdict {
    var verdict = Verdict(acquitting: suspects)
    let parts = scope == .global ? [Array(0..<suspects.count)] : suspects.rowsOfClass
    for (label, rows) in parts.enumerated() where !rows.isEmpty {
      for column in 0..<suspects.features.columns {
        guard let range = range(column, label, rows, suspects), range.unit > 0 else { continue }
        for row in rows {
          let value = suspects.features.elements[row * suspects.features.columns + column]
          let excess = max(range.lower - value, value - range.upper) / range.unit
          guard excess > 0 else { continue }
          verdict.scores[row] = max(verdict.scores[row], min(excess, 1e300))
          verdict.weights[row] = 0
        }
      }
    }
    if removesCopies { removeCopies(suspects, &verdict) }
    return verdict
  }

  private func range(
    _ column: Int, _ label: Int, _ rows: [Int], _ suspects: Suspects
  ) -> (lower: Double, upper: Double, unit: Double)? {
    let d = suspects.features.columns
    switch ranges {
    case .fence:
      let values = rows.map { suspects.features.elements[$0 * d + column] }.sorted()
      return Fences(sorted: values).map { ($0.range.lowerBound, $0.range.upperBound, $0.spread) }
    case .trusted:
      guard let trusted = suspects.trusted else { return nil }
      let values = trusted.labels.indices
        .filter { scope == .global || trusted.labels[$0] == label }
        .map { trusted.features.elements[$0 * d + column] }
      guard let low = values.min(), let high = values.max() else { return nil }
      let spread = high - low
      return (low - margin * spread, high + margin * spread, spread)
    }
  }

  /// Of rows with the same features and label, the first stays.
  private func removeCopies(_ suspects: Suspects, _ verdict: inout Verdict) {
    let d = suspects.features.columns
    var seen: Set<[UInt64]> = []
    for row in 0..<suspects.count {
      let x = suspects.features.elements[row * d..<(row + 1) * d]
      let key = x.map { ($0 + 0).bitPattern } + [UInt64(suspects.labels[row])]
      guard !seen.insert(key).inserted else { continue }
      verdict.weights[row] = 0
      verdict.scores[row] = max(verdict.scores[row], 1)
    }
  }
}
