package import Statistics

/// What a file and its reference have in common: a test of one column, or of all numbers.
package struct DriftTest: Sendable, Equatable {
  /// What is compared, and how.
  package enum Kind: String, CaseIterable, Sendable {
    /// Numbers of a column: their distribution, location and spread.
    case numbers
    /// Categories of a column, by the χ² test.
    case chiSquare = "chi-square"
    /// Whether there is a value, by the χ² test.
    case missing
    /// All columns of numbers together, along directions through them, as numbers are.
    case projections
  }

  /// How it is tested.
  package let kind: Kind

  /// The column; nil for all columns of numbers.
  package let column: String?

  /// The class whose rows are compared; nil for all rows.
  package let label: String?

  /// Rows of the file and of the reference that are compared.
  package let counts: [Int]

  /// The statistic of the test: D of numbers, X² of categories and gaps; along directions that D of the
  /// one that differs most.
  package let statistic: Double

  /// How large the change is, by numbers that people know.
  package let size: DriftSize

  /// The probability of as much without drift, or with what is tolerated.
  package let pValue: Double

  /// The change that is no drift here, in deviations.
  package let tolerance: Double

  /// The shift of a normal column, in deviations, that would have been found in four of five cases; nil where
  /// rows are too few for so many tests, and of tests of other than numbers of a column.
  package internal(set) var leastShift: Double?

  /// The probability corrected for all tests of the comparison: drift is where it is at most α.
  package internal(set) var adjusted = 1.0
}

/// How large a change is.
package struct DriftSize: Sendable, Equatable {
  /// Of numbers the difference of means in deviations of the reference, else that of shares.
  ///
  /// Nil where the reference does not vary.
  package var shift: Double?

  /// The 95 % interval of the shift, for all categories or directions together where there are several.
  package var interval: Interval?

  /// Of numbers: mean distances from the median, as a multiple of the reference's.
  package var spread: Double?

  /// The category whose share has changed most.
  package var category: String?

  /// Of numbers: PSI, and what chance exceeds with probability α.
  package var psi: (value: Double, limit: Double)?

  /// The size along a direction, which has no sign of its own.
  var unsigned: DriftSize {
    guard let shift, let interval, shift < 0 else { return self }
    var size = self
    size.shift = -shift
    size.interval = Interval(from: -interval.upper, to: -interval.lower)
    return size
  }

  package static func == (a: DriftSize, b: DriftSize) -> Bool {
    a.shift == b.shift && a.interval == b.interval && a.spread == b.spread
      && a.category == b.category && a.psi?.value == b.psi?.value && a.psi?.limit == b.psi?.limit
  }
}
