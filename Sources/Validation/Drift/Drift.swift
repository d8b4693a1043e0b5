package import Datasets
import LinAlg
import Statistics

/// Tests of whether a file is from the distribution of a reference, as a whole and class by class.
///
/// Each column has one test: numbers of distribution, location and spread together (`NumberDrift`),
/// texts and gaps of their shares. One more is of all numbers together, along directions through them
/// (`DriftDirections`). All rows take part in all tests. Values drawn from the whole range of a column
/// look right until one looks at a class.
///
/// With probability at least 1 − α there is no false alarm at all: Holm's method corrects all tests.
package struct Drift: Sendable {
  /// All tests, all rows first, then by class.
  package let tests: [DriftTest]

  /// Columns that were not compared, as no two rows have a like value there, or as they are dates.
  package let skipped: [String]

  /// Classes that were not compared, as one side has fewer than `leastRows` of their rows.
  package let skippedClasses: [String]

  /// α, the probability of any false alarm.
  package let alpha: Double

  /// The change that is no drift, in deviations of the reference; see `DriftTolerance` for shares.
  package let tolerance: Double

  /// Fewer rows of a class are not compared.
  package static let leastRows = 8

  /// The tests that found drift.
  package var findings: [DriftTest] { tests.filter { $0.adjusted <= alpha } }

  /// Compares a file with a reference of the same columns; classes are in the column `target`.
  ///
  /// - Parameter tolerances: The tolerance of columns that have one of their own.
  /// - Precondition: The columns of both are named the same; 0 < alpha < 1; tolerances are 0 or more.
  package init(
    _ table: CSVTable, reference: CSVTable, target: Int? = nil, alpha: Double = 0.05,
    tolerance: Double = 0, tolerances: [String: Double] = [:], seed: UInt32 = 0, threads: Int = 1
  ) {
    let pair = TablePair(table, reference, target: target)
    var parts = [DriftPart(label: nil, rows: pair.allRows)]
    var skippedClasses: [String] = []
    for (label, rows) in pair.rowsOfClasses {
      if min(rows.file.count, rows.reference.count) >= Self.leastRows {
        parts.append(DriftPart(label: label, rows: rows))
      } else {
        skippedClasses.append(label)
      }
    }
    let terms = DriftPart.Terms(
      alpha: alpha, tolerance: tolerance, tolerances: tolerances,
      testCount: parts.count * (2 * table.names.count + 1), seed: seed)
    let found = Parallel.map(parts.count, threads: threads) { [parts] index in
      parts[index].tests(of: pair, terms, index: index)
    }
    var tests = found.flatMap { $0 }
    for (place, value) in Holm.adjusted(tests.map(\.pValue)).enumerated() {
      tests[place].adjusted = value
    }
    for place in tests.indices where tests[place].kind == .numbers {
      tests[place].leastShift = Self.leastShift(tests[place], of: tests.count, alpha: alpha)
    }
    (self.tests, self.skippedClasses, self.alpha) = (tests, skippedClasses, alpha)
    (self.tolerance, skipped) = (tolerance, pair.skipped)
  }

  /// The shift that a test finds with probability 0.8 while no other finds anything.
  ///
  ///     δ = T + (Φ⁻¹(1 − α/(2·4·K)) + Φ⁻¹(0.8)) · √(1/n + 1/m)
  ///
  /// K tests share α by Holm's method, and four parts what a test of numbers gets of it. The ranks of a normal
  /// column have the power of its mean. Where splits are drawn, as they are for samples of fewer than about
  /// eighty rows, p must not be below what those can show.
  private static func leastShift(_ test: DriftTest, of count: Int, alpha: Double) -> Double? {
    let (n, m) = (Double(test.counts[0]), Double(test.counts[1]))
    let level = alpha / Double(NumberDrift.testCount * count)
    guard min(n, m) >= 80 || level * Double(DriftPart.Terms.mostPermutations) >= 1 else {
      return nil
    }
    return test.tolerance
      + (NormalDistribution.quantile(1 - level / 2) + NormalDistribution.quantile(0.8))
      * (1 / n + 1 / m).squareRoot()
  }
}
