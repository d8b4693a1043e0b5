package import Datasets
import LinAlg
import Statistics

/// Tests of whether a file is from the distribution of a reference, as a whole and class by class.
///
/// Numbers are compared by the test of Kolmogorov and Smirnov and by PSI, texts by the χ² test, gaps
/// by the χ² test, and all numbers together by the energy distance, of at most 1,000 rows of each
/// side. Values drawn from the whole range of a column look right until one looks at a class.
///
/// With probability at least 1 − α there is no false alarm at all: half of α is for tests of single
/// columns, half for those of all, each corrected by Holm's method.
package struct Drift: Sendable {
  /// All tests, all rows first, then by class.
  package let tests: [DriftTest]

  /// Columns that were not compared, as no two rows have a like value there.
  package let skipped: [String]

  /// Classes that were not compared, as one side has fewer than `leastRows` of their rows.
  package let skippedClasses: [String]

  /// α, the probability of any false alarm.
  package let alpha: Double

  /// Fewer rows of a class are not compared.
  package static let leastRows = 8

  /// The tests that found drift.
  package var findings: [DriftTest] { tests.filter { $0.adjusted <= alpha } }

  /// Compares a file with a reference of the same columns; classes are in the column `target`.
  ///
  /// - Precondition: The columns of both are named the same; 0 < alpha < 1.
  package init(
    _ table: CSVTable, reference: CSVTable, target: Int? = nil, alpha: Double = 0.05,
    seed: UInt32 = 0, threads: Int = 1
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
    // Every test must be able to reach half of α when corrected for all of its kind.
    let marginals = 3 * parts.count * (table.names.count + 1)
    let needed = { (count: Int) in max(1_999, Int((8 * Double(count) / alpha).rounded(.up))) }
    let permutations = (single: min(needed(marginals), 100_000), joint: needed(parts.count))
    let found = Parallel.map(parts.count, threads: threads) { [parts] index in
      parts[index].tests(
        of: pair, permutations: permutations, alpha: alpha, seed: seed, index: index)
    }
    var tests = found.flatMap { $0 }
    for isJoint in [false, true] {
      let places = tests.indices.filter { (tests[$0].kind == .energy) == isJoint }
      let adjusted = Holm.adjusted(places.map { tests[$0].pValue })
      for (place, value) in zip(places, adjusted) { tests[place].adjusted = min(1, 2 * value) }
    }
    (self.tests, self.skippedClasses, self.alpha) = (tests, skippedClasses, alpha)
    skipped = pair.skipped
  }
}
