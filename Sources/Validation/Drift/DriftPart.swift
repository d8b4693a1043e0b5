import LinAlg
import Statistics

/// Rows that are compared with each other: all, or those of a class.
struct DriftPart: Sendable {
  /// The class; nil for all rows.
  let label: String?

  let rows: TablePair.Rows

  /// More rows of a side are not taken into the energy distance, but a random choice of so many.
  private static let energyRows = 1_000

  /// All tests of the rows; `index` keeps the random numbers of parts apart.
  func tests(
    of pair: TablePair, permutations: (single: Int, joint: Int), alpha: Double, seed: UInt32,
    index: Int
  ) -> [DriftTest] {
    var tests: [DriftTest] = []
    for (place, column) in pair.columns.enumerated() {
      // Within a class its name is the same.
      if column.isTarget, label != nil { continue }
      let key = RandomKey(UInt64(index) << 32 | UInt64(place))
      func compare(_ kind: DriftTest.Kind, _ a: [Int], _ b: [Int]) {
        let (n, m) = (a.reduce(0, +), b.reduce(0, +))
        guard n > 0, m > 0 else { return }
        let test = Homogeneity(
          a, b, permutations: permutations.single, key: key,
          purpose: kind == .missing ? .missingDrift : .categoryDrift, seed: seed)
        tests.append(
          DriftTest(
            kind: kind, column: column.name, label: label, counts: [n, m],
            statistic: test.statistic, limit: nil, pValue: test.pValue))
      }
      switch column.content {
      case .numbers(let file, let reference):
        let a = rows.file.map { file[$0] }.filter { !$0.isNaN }.sorted()
        let b = rows.reference.map { reference[$0] }.filter { !$0.isNaN }.sorted()
        tests += Self.numbers(a, b, column.name, label, alpha)
        let gaps = [rows.file.count - a.count, rows.reference.count - b.count]
        if gaps != [0, 0] { compare(.missing, [a.count, gaps[0]], [b.count, gaps[1]]) }
      case .categories(let file, let reference, let count):
        var (a, b) = ([Int](repeating: 0, count: count + 1), [Int](repeating: 0, count: count + 1))
        for row in rows.file { a[file[row] + 1] += 1 }
        for row in rows.reference { b[reference[row] + 1] += 1 }
        compare(.chiSquare, Array(a.dropFirst()), Array(b.dropFirst()))
        if a[0] + b[0] > 0 {
          compare(.missing, [rows.file.count - a[0], a[0]], [rows.reference.count - b[0], b[0]])
        }
      }
    }
    return tests + energy(of: pair, permutations: permutations.joint, seed: seed, index: index)
  }

  private static func numbers(
    _ a: [Double], _ b: [Double], _ column: String, _ label: String?, _ alpha: Double
  ) -> [DriftTest] {
    guard !a.isEmpty, !b.isEmpty else { return [] }
    let ks = KolmogorovSmirnov(sorted: a, b)
    let psi = PopulationStability(sorted: a, reference: b)
    let counts = [a.count, b.count]
    let first = DriftTest(
      kind: .ks, column: column, label: label, counts: counts, statistic: ks.statistic, limit: nil,
      pValue: ks.pValue)
    guard psi.degreesOfFreedom > 0 else { return [first] }
    return [
      first,
      DriftTest(
        kind: .psi, column: column, label: label, counts: counts, statistic: psi.statistic,
        limit: psi.limit(at: alpha), pValue: psi.pValue),
    ]
  }

  /// The test of all numbers together, each divided by its deviation; rows with a gap are left out.
  private func energy(
    of pair: TablePair, permutations: Int, seed: UInt32, index: Int
  ) -> [DriftTest] {
    var numeric: [([Double], [Double])] = []
    for column in pair.columns {
      if case .numbers(let file, let reference) = column.content {
        numeric.append((file, reference))
      }
    }
    guard numeric.count > 1 else { return [] }
    let key = RandomKey(UInt64(index))
    func chosen(_ rows: [Int], _ side: Int) -> [Int] {
      var whole = rows.filter { row in
        numeric.allSatisfy { !(side == 0 ? $0.0[row] : $0.1[row]).isNaN }
      }
      guard whole.count > Self.energyRows else { return whole }
      var stream = RandomStream(key: key, purpose: .energyChoice, seed: seed, row: side)
      stream.shuffle(&whole, prefix: Self.energyRows)
      return Array(whole.prefix(Self.energyRows))
    }
    let (a, b) = (chosen(rows.file, 0), chosen(rows.reference, 1))
    guard min(a.count, b.count) > 1 else { return [] }
    var points = Matrix<Double>(rows: a.count + b.count, columns: numeric.count)
    for (column, values) in numeric.enumerated() {
      let joined = a.map { values.0[$0] } + b.map { values.1[$0] }
      let (mean, unit) = Self.location(joined)
      for (row, value) in joined.enumerated() { points[row, column] = (value - mean) / unit }
    }
    let test = EnergyDistance(
      points, first: a.count, permutations: permutations, key: key, purpose: .energyDrift,
      seed: seed)
    return [
      DriftTest(
        kind: .energy, column: nil, label: label, counts: [a.count, b.count],
        statistic: test.statistic, limit: nil, pValue: test.pValue)
    ]
  }

  /// The mean and the standard deviation, or 1 where there is none.
  private static func location(_ values: [Double]) -> (mean: Double, unit: Double) {
    let mean = values.reduce(0) { $0 + $1 / Double(values.count) }
    let largest = values.reduce(0) { max($0, abs($1 - mean)) }
    guard largest > 0, largest.isFinite else { return (mean, 1) }
    // Divided first, so that squares of large numbers stay finite.
    let square = values.reduce(0) { $0 + ($1 - mean) / largest * (($1 - mean) / largest) }
    return (mean, largest * (square / Double(values.count)).squareRoot())
  }
}
