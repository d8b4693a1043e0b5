public import LinAlg

/// Draws the splits of `Split.stratified` for one seed after another, in one set of arrays.
public struct StratifiedSplitter: Sendable {
  /// The split as last drawn.
  public private(set) var split: Split

  /// What a row is drawn for.
  private enum Part { case train, validation, trusted }

  /// Number of validation rows of each class, in every split.
  package let validationCounts: [Int]

  /// Number of trusted rows of each class, in every split.
  package let trustedCounts: [Int]

  private let rowsOfClass: [[Int]]

  /// The last rows, which are for validation whatever the seed.
  private let lastRows: Range<Int>
  private var order: [Int] = []
  private var parts: [Part]

  /// Finds how many rows each class gives.
  ///
  /// ⌈trustedShare · n⌉ of the n rows that are not for validation are trusted, shared out among
  /// the classes like those; with a share of 0 there is none.
  /// - Precondition: Every label is in 0..<classCount.
  /// - Throws: `DatasetsError.validationShareOutOfRange`, `.validationTooLarge`,
  ///   `.trustedShareOutOfRange`, `.trustedTooLarge`.
  public init(
    labels: [Int], classCount: Int, validationShare: Double, trustedShare: Double = 0
  ) throws(DatasetsError) {
    guard validationShare > 0, validationShare < 1 else {
      throw .validationShareOutOfRange(validationShare)
    }
    var rows = [[Int]](repeating: [], count: classCount)
    for (row, label) in labels.enumerated() {
      precondition(
        rows.indices.contains(label), "Row \(row) has the label \(label) of \(classCount) classes")
      rows[label].append(row)
    }
    let m = Self.ceiling(of: validationShare, times: labels.count)
    let spare = rows.map { max($0.count - 1, 0) }
    let limit = spare.reduce(0, +)
    guard m >= 1, m <= limit else {
      throw .validationTooLarge(
        share: validationShare, validationCount: m, limit: limit, sampleCount: labels.count)
    }
    try self.init(
      rows, rowCount: labels.count, last: labels.count..<labels.count,
      validationCounts: Self.apportion(m, by: rows.map(\.count), limits: spare),
      trustedShare: trustedShare)
  }

  /// Finds how many rows each class gives where the last `lastCount` rows are those for validation, under
  /// every seed, and none of the others is.
  ///
  /// - Precondition: Every label is in 0..<classCount; the last rows are no more than all.
  /// - Throws: `DatasetsError.trustedShareOutOfRange`, `.trustedTooLarge`.
  public init(
    labels: [Int], classCount: Int, lastCount: Int, trustedShare: Double = 0
  ) throws(DatasetsError) {
    precondition(0...labels.count ~= lastCount, "\(lastCount) of \(labels.count) rows are the last")
    let start = labels.count - lastCount
    var rows = [[Int]](repeating: [], count: classCount)
    for (row, label) in labels[..<start].enumerated() { rows[label].append(row) }
    try self.init(
      rows, rowCount: labels.count, last: start..<labels.count,
      validationCounts: Array(repeating: 0, count: classCount), trustedShare: trustedShare)
  }

  private init(
    _ rows: [[Int]], rowCount: Int, last: Range<Int>, validationCounts: [Int], trustedShare: Double
  ) throws(DatasetsError) {
    (rowsOfClass, lastRows, self.validationCounts) = (rows, last, validationCounts)
    let m = validationCounts.reduce(0, +) + last.count
    guard trustedShare >= 0, trustedShare < 1 else {
      throw .trustedShareOutOfRange(trustedShare)
    }
    let left = zip(rows, validationCounts).map { $0.count - $1 }
    let t = trustedShare == 0 ? 0 : Self.ceiling(of: trustedShare, times: rowCount - m)
    let leftSpare = left.map { max($0 - 1, 0) }
    guard t <= leftSpare.reduce(0, +) else {
      throw .trustedTooLarge(
        share: trustedShare, trustedCount: t, limit: leftSpare.reduce(0, +),
        trainingCount: rowCount - m)
    }
    trustedCounts = Self.apportion(t, by: left, limits: leftSpare)
    parts = Array(repeating: .train, count: rowCount)
    split = Split(
      train: Array(repeating: 0, count: rowCount - m - t),
      validation: Array(repeating: 0, count: m), trusted: Array(repeating: 0, count: t))
  }

  /// Draws the split of a seed.
  public mutating func draw(key: RandomKey = .standard, seed: UInt32) {
    for row in parts.indices { parts[row] = .train }
    for row in lastRows { parts[row] = .validation }
    for c in rowsOfClass.indices where validationCounts[c] + trustedCounts[c] > 0 {
      var stream = RandomStream(key: key, purpose: .split, seed: seed, row: c)
      order.removeAll(keepingCapacity: true)
      order.append(contentsOf: rowsOfClass[c])
      // A longer prefix begins with a shorter one: trusted rows leave those for validation alone.
      stream.shuffle(&order, prefix: validationCounts[c] + trustedCounts[c])
      for place in 0..<validationCounts[c] { parts[order[place]] = .validation }
      for place in 0..<trustedCounts[c] { parts[order[validationCounts[c] + place]] = .trusted }
    }
    var (trained, validated, vouched) = (0, 0, 0)
    for row in parts.indices {
      switch parts[row] {
      case .train:
        split.train[trained] = row
        trained += 1
      case .validation:
        split.validation[validated] = row
        validated += 1
      case .trusted:
        split.trusted[vouched] = row
        vouched += 1
      }
    }
  }

  private static func ceiling(of share: Double, times count: Int) -> Int {
    let product = share * Double(count)
    let nearest = product.rounded()
    // Each of the two roundings has a relative error of at most ε/2.
    return Int(abs(product - nearest) <= .ulpOfOne * product ? nearest : product.rounded(.up))
  }

  /// Shares out `total` seats by largest remainders of total·weight/Σweight, none above its limit.
  ///
  /// - Precondition: `total` is at most the sum of the limits, and no floor exceeds its limit.
  static func apportion(_ total: Int, by weights: [Int], limits: [Int]) -> [Int] {
    let sum = weights.reduce(0, +)
    guard sum > 0 else { return weights }
    // Below the sum of weights, a quotient is below its weight and its floor within the limit.
    var seats = weights.map { total * $0 / sum }
    let order = weights.indices.sorted { a, b in
      let (x, y) = (total * weights[a] % sum, total * weights[b] % sum)
      return x != y ? x > y : a < b
    }
    var left = total - seats.reduce(0, +)
    while left > 0 {
      for c in order where left > 0 && seats[c] < limits[c] {
        seats[c] += 1
        left -= 1
      }
    }
    return seats
  }
}
