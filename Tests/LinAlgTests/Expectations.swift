import LinAlg
import TestSupport
import Testing

/// The two types BLAS computes in, as an argument of tests.
enum Precision: CaseIterable {
  case single, double
}

/// Fails unless every |actual − expected| is at most its bound; reports the worst excess.
///
/// A bound that is not finite, or a value that is not a number, fails too.
func expectClose<Scalar: BLASScalar>(
  _ actual: [Scalar], _ expected: [Double], within bounds: [Double],
  _ context: @autoclosure () -> String, sourceLocation: SourceLocation = #_sourceLocation
) {
  guard actual.count == expected.count, actual.count == bounds.count else {
    Issue.record(
      "\(context()): \(actual.count) values against \(expected.count)",
      sourceLocation: sourceLocation)
    return
  }
  var worst: (index: Int, excess: Double)?
  for index in actual.indices {
    let excess = abs(Double(actual[index]) - expected[index]) - bounds[index]
    if !(excess <= 0), !(excess <= worst?.excess ?? 0) { worst = (index, excess) }
  }
  guard let worst else { return }
  let index = worst.index
  Issue.record(
    """
    \(context()): element \(index) of \(actual.count) is \(actual[index]), expected \
    \(expected[index]) ± \(bounds[index])
    """, sourceLocation: sourceLocation)
}

/// Fails unless both sequences have the same bit patterns; all NaNs count as one.
func expectSameBits(
  _ actual: [Double], _ expected: [Double], _ context: @autoclosure () -> String,
  sourceLocation: SourceLocation = #_sourceLocation
) {
  let differs = zip(actual, expected).enumerated().first {
    $0.element.0.bitPattern != $0.element.1.bitPattern
      && !($0.element.0.isNaN && $0.element.1.isNaN)
  }
  if actual.count != expected.count {
    Issue.record(
      "\(context()): \(actual.count) values against \(expected.count)",
      sourceLocation: sourceLocation)
  } else if let differs {
    Issue.record(
      "\(context()): [\(differs.offset)] is \(differs.element.0), not \(differs.element.1)",
      sourceLocation: sourceLocation)
  }
}

/// Fails when counts that should be equally frequent are too uneven.
///
/// Of fair draws one test in e²⁰ ≈ 5·10⁸ fails: P(X − k ≥ 2√(kt) + 2t) ≤ e⁻ᵗ for a χ² variable X of
/// k degrees of freedom. Streams are fixed, so a test that passes once passes always.
///
/// Source: Laurent, Massart, "Adaptive estimation of a quadratic functional", Annals of Statistics
/// 28 (2000), lemma 1.
func expectEquallyFrequent(
  _ counts: [Int], _ context: @autoclosure () -> String,
  sourceLocation: SourceLocation = #_sourceLocation
) {
  let expected = Double(counts.reduce(0, +)) / Double(counts.count)
  let statistic = counts.reduce(0.0) {
    $0 + (Double($1) - expected) * (Double($1) - expected) / expected
  }
  let freedom = Double(counts.count - 1)
  let limit = freedom + 2 * (freedom * 20).squareRoot() + 2 * 20
  #expect(
    statistic <= limit, "\(context()): χ² of \(statistic) with \(freedom) degrees of freedom",
    sourceLocation: sourceLocation)
}
