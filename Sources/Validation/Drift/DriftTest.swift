/// One test of whether a file and its reference are from one distribution.
package struct DriftTest: Sendable, Equatable {
  /// What is compared, and how.
  package enum Kind: String, CaseIterable, Sendable {
    /// Numbers of a column, by the test of Kolmogorov and Smirnov.
    case ks
    /// Numbers of a column, by the population stability index.
    case psi
    /// Categories of a column, by the χ² test.
    case chiSquare = "chi-square"
    /// Whether there is a value, by the χ² test.
    case missing
    /// All columns of numbers together, by the energy distance.
    case energy
  }

  /// How it is tested.
  package let kind: Kind

  /// The column; nil for all columns of numbers.
  package let column: String?

  /// The class whose rows are compared; nil for all rows.
  package let label: String?

  /// Rows of the file and of the reference that are compared.
  package let counts: [Int]

  /// The statistic of the test: D, PSI, X² or E.
  package let statistic: Double

  /// The PSI that chance exceeds with probability α; nil for other tests.
  package let limit: Double?

  /// The probability of a statistic at least as large without drift.
  package let pValue: Double

  /// The probability corrected for all tests of the comparison: drift is where it is at most α.
  package internal(set) var adjusted = 1.0
}
