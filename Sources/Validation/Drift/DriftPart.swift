import LinAlg
import Statistics

/// Rows that are compared with each other: all, or those of a class.
struct DriftPart: Sendable {
  /// The class; nil for all rows.
  let label: String?

  let rows: TablePair.Rows

  /// How tests are drawn and what they tolerate.
  struct Terms: Sendable {
    let alpha: Double
    var tolerance: Double
    /// The tolerance of columns that have one of their own.
    let tolerances: [String: Double]
    /// No fewer than there are tests.
    let testCount: Int
    let seed: UInt32

    /// The terms of a column.
    func of(_ column: String) -> Terms {
      var terms = self
      terms.tolerance = tolerances[column] ?? tolerance
      return terms
    }

    /// So many that the least p-value is half of what α asks of each of `count` parts of a test.
    func permutations(_ count: Int = 1) -> Int {
      Int(
        min(max(1_999, 2 * Double(count * testCount) / alpha), Double(Self.mostPermutations))
          .rounded(.up))
    }

    /// Splits that are drawn for one test at most.
    static let mostPermutations = 100_000
  }

  /// All tests of the rows; `index` keeps the random numbers of parts apart.
  func tests(of pair: TablePair, _ terms: Terms, index: Int) -> [DriftTest] {
    var tests: [DriftTest] = []
    for (place, column) in pair.columns.enumerated() {
      // Within a class its name is the same.
      if column.isTarget, label != nil { continue }
      let terms = terms.of(column.name)
      let key = UInt64(index) << 32 | UInt64(place)
      func add(
        _ kind: DriftTest.Kind, _ counts: [Int], _ statistic: Double, _ size: DriftSize,
        _ pValue: Double
      ) {
        tests.append(
          DriftTest(
            kind: kind, column: column.name, label: label, counts: counts, statistic: statistic,
            size: size, pValue: pValue, tolerance: terms.tolerance))
      }
      func compareGaps(_ a: Int, _ b: Int) {
        let (n, m) = (rows.file.count, rows.reference.count)
        guard a + b > 0, n > 0, m > 0 else { return }
        let found = shares([a, n - a], [b, m - b], names: nil, .missingDrift, terms, key)
        add(.missing, [n, m], found.statistic, found.size, found.pValue)
      }
      switch column.content {
      case .numbers(let file, let reference):
        let a = rows.file.map { file[$0] }.filter { !$0.isNaN }.sorted()
        let b = rows.reference.map { reference[$0] }.filter { !$0.isNaN }.sorted()
        if !a.isEmpty, !b.isEmpty {
          let found = NumberDrift(
            sorted: a, b, numberTerms(terms, key))
          var size = found.size()
          let psi = PopulationStability(sorted: a, reference: b)
          if psi.degreesOfFreedom > 0 { size.psi = (psi.statistic, psi.limit(at: terms.alpha)) }
          add(.numbers, [a.count, b.count], found.statistic, size, found.pValue)
        }
        compareGaps(rows.file.count - a.count, rows.reference.count - b.count)
      case .categories(let file, let reference, let names):
        var (a, b) = (
          [Int](repeating: 0, count: names.count + 1), [Int](repeating: 0, count: names.count + 1)
        )
        for row in rows.file { a[file[row] + 1] += 1 }
        for row in rows.reference { b[reference[row] + 1] += 1 }
        let counts = [rows.file.count - a[0], rows.reference.count - b[0]]
        if counts.allSatisfy({ $0 > 0 }) {
          let found = shares(
            Array(a.dropFirst()), Array(b.dropFirst()), names: names, .categoryDrift, terms, key)
          add(.chiSquare, counts, found.statistic, found.size, found.pValue)
        }
        compareGaps(a[0], b[0])
      }
    }
    return tests + projections(of: pair, terms, index: index)
  }

  /// The terms of one of so many directions; a column is by itself.
  private func numberTerms(
    _ terms: Terms, _ key: UInt64, of count: Int = 1
  ) -> NumberDrift.Terms {
    NumberDrift.Terms(
      tolerance: terms.tolerance, permutations: terms.permutations(NumberDrift.testCount * count),
      key: key,
      seed: terms.seed,
      exactLimit: count == 1 ? KolmogorovSmirnov.exactLimit : DriftDirections.exactLimit)
  }

  /// Compares shares of categories: by χ², and where something is tolerated also one by one.
  ///
  /// Without names only the first category is shown and tested, as that of gaps.
  private func shares(
    _ a: [Int], _ b: [Int], names: [String]?, _ purpose: RandomPurpose, _ terms: Terms,
    _ key: UInt64
  ) -> (statistic: Double, size: DriftSize, pValue: Double) {
    let (n, m) = (a.reduce(0, +), b.reduce(0, +))
    let test = Homogeneity(
      a, b, permutations: terms.permutations(), key: RandomKey(key), purpose: purpose,
      seed: terms.seed)
    let differences = a.indices.prefix(names?.count ?? 1).map { category in
      ShareDifference(a[category], of: n, b[category], of: m)
    }
    let worst =
      differences.indices.max {
        abs(differences[$0].difference) < abs(differences[$1].difference)
      } ?? 0
    // The shares of two categories are one number.
    let count = differences.count == 2 ? 1 : differences.count
    var pValue = test.pValue
    if terms.tolerance > 0 {
      let share = DriftTolerance.share(terms.tolerance)
      let least = differences.map { $0.probability(beyond: share) }.min() ?? 1
      pValue = max(pValue, min(1, Double(count) * least))
    }
    return (
      test.statistic,
      DriftSize(
        shift: differences[worst].difference,
        interval: differences[worst].interval(confidence: 1 - 0.05 / Double(count)),
        category: names?[worst]), pValue
    )
  }

  /// The test of all numbers together: along each direction as a column, times their number.
  ///
  /// Columns that tolerate more than the others are not among them.
  private func projections(of pair: TablePair, _ terms: Terms, index: Int) -> [DriftTest] {
    var numeric: [(file: [Double], reference: [Double])] = []
    for column in pair.columns where terms.of(column.name).tolerance <= terms.tolerance {
      if case .numbers(let file, let reference) = column.content {
        numeric.append((file, reference))
      }
    }
    guard numeric.count > 1 else { return [] }
    let a = rows.file.filter { row in numeric.allSatisfy { !$0.file[row].isNaN } }
    let b = rows.reference.filter { row in numeric.allSatisfy { !$0.reference[row].isNaN } }
    guard min(a.count, b.count) > 1 else { return [] }
    let projected = DriftDirections.projected(
      numeric.map { values in a.map { values.file[$0] } + b.map { values.reference[$0] } },
      key: RandomKey(UInt64(index)), seed: terms.seed)
    // The place beyond all columns keeps random numbers apart; there are fewer directions than 2¹⁶.
    let found = projected.enumerated().map { place, values in
      NumberDrift(
        sorted: values.prefix(a.count).sorted(), values.dropFirst(a.count).sorted(),
        numberTerms(
          terms, UInt64(index) << 32 | UInt64(1) << 31 | UInt64(place), of: projected.count))
    }
    guard let worst = found.min(by: { $0.pValue < $1.pValue }) else { return [] }
    return [
      DriftTest(
        kind: .projections, column: nil, label: label, counts: [a.count, b.count],
        statistic: worst.statistic, size: worst.size(of: found.count).unsigned,
        pValue: min(1, Double(found.count) * worst.pValue), tolerance: terms.tolerance)
    ]
  }
}
