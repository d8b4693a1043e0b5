public import LinAlg

/// Draws the splits of `Split.stratified` for one seed after another, in one set of arrays.
///
/// Of a data set with groups each is on one side, as `GroupDeal` says.
public struct StratifiedSplitter: Sendable {
  /// The split as last drawn.
  public private(set) var split: Split

  /// Number of validation rows of each class, in every split.
  package private(set) var validationCounts: [Int]

  /// Number of trusted rows of each class, in every split.
  package private(set) var trustedCounts: [Int]

  /// Number of training rows of each class, in every split.
  package private(set) var trainingCounts: [Int]

  private let rowsOfClass: [[Int]]

  /// The last rows, which are for validation whatever the seed.
  private let lastRows: Range<Int>
  private var order: [Int] = []
  private var parts: [SplitSide]

  /// How groups are dealt out; nil where each row stands for itself.
  private var deal: GroupDeal?
  private var groups: [Int] = []

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

  /// Finds how many rows each class of a data set gives, and where it has groups, what whole groups allow.
  ///
  /// - Throws: As above, and `DatasetsError.groupsTooFew`, `.groupsWithoutTrusted`.
  public init(
    _ dataset: Dataset, validationShare: Double, trustedShare: Double = 0
  ) throws(DatasetsError) {
    try self.init(
      labels: dataset.labels, classCount: dataset.classCount, validationShare: validationShare,
      trustedShare: trustedShare)
    if let groups = dataset.groups {
      try keepTogether(
        groups, labels: dataset.labels, classNames: dataset.classNames, trustedShare: trustedShare)
    }
  }

  /// Finds how many rows each class gives of labels in some groups, whose classes have names for errors.
  ///
  /// - Throws: As above.
  package init(
    labels: [Int], classNames: [String], groups: RowGroups?, validationShare: Double,
    trustedShare: Double = 0
  ) throws(DatasetsError) {
    try self.init(
      labels: labels, classCount: classNames.count, validationShare: validationShare,
      trustedShare: trustedShare)
    if let groups {
      try keepTogether(
        groups, labels: labels, classNames: classNames, trustedShare: trustedShare)
    }
  }

  /// Finds how many rows each class of a data set gives whose last `lastCount` rows are those for validation;
  /// trusted rows are those of whole groups, where it has some.
  ///
  /// - Precondition: The last rows are no more than all, and share no group with the others.
  /// - Throws: `DatasetsError.trustedShareOutOfRange`, `.trustedTooLarge`, `.groupsWithoutTrusted`.
  package init(
    _ dataset: Dataset, lastCount: Int, trustedShare: Double = 0
  ) throws(DatasetsError) {
    try self.init(
      labels: dataset.labels, classCount: dataset.classCount, lastCount: lastCount,
      trustedShare: trustedShare)
    if let groups = dataset.groups, trustedShare > 0 {
      try keepTogether(
        groups, labels: dataset.labels, classNames: dataset.classNames, trustedShare: trustedShare)
    }
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
    trainingCounts = zip(left, trustedCounts).map { $0 - $1 }
    parts = Array(repeating: .train, count: rowCount)
    split = Split(
      train: Array(repeating: 0, count: rowCount - m - t),
      validation: Array(repeating: 0, count: m), trusted: Array(repeating: 0, count: t))
  }

  /// Number of rows that are for nothing, in every split.
  public var setAsideCount: Int { split.setAside.count }

  /// Takes the numbers that whole groups allow in place of those of rows.
  private mutating func keepTogether(
    _ groups: RowGroups, labels: [Int], classNames: [String], trustedShare: Double
  ) throws(DatasetsError) {
    precondition(
      groups.indices.count == labels.count,
      "\(groups.indices.count) groups of \(labels.count) rows")
    let deal = GroupDeal(
      groups: groups.indices[..<lastRows.lowerBound], groupCount: groups.count, labels: labels,
      classCount: classNames.count, validation: validationCounts, trusted: trustedCounts)
    for c in classNames.indices where validationCounts[c] > 0 && deal.validationCounts[c] == 0 {
      throw .groupsTooFew(
        className: classNames[c], groupCount: deal.groupCount(of: c), column: groups.column)
    }
    guard trustedShare == 0 || deal.trustedCounts.contains(where: { $0 > 0 }) else {
      throw .groupsWithoutTrusted(share: trustedShare, column: groups.column)
    }
    (self.deal, self.groups) = (deal, groups.indices)
    (validationCounts, trustedCounts) = (deal.validationCounts, deal.trustedCounts)
    trainingCounts = deal.trainingCounts
    let zeros = { (counts: [Int]) in Array(repeating: 0, count: counts.reduce(0, +)) }
    let validation = zeros(validationCounts) + lastRows.map { _ in 0 }
    split = Split(
      train: zeros(trainingCounts), validation: validation, trusted: zeros(trustedCounts))
    split.setAside = Array(
      repeating: 0,
      count: labels.count - split.train.count - validation.count - split.trusted.count)
  }

  /// Draws the split of a seed.
  public mutating func draw(key: RandomKey = .standard, seed: UInt32) {
    if deal == nil { drawRows(key, seed) } else { drawGroups(key, seed) }
    var (trained, validated, vouched, left) = (0, 0, 0, 0)
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
      case .setAside:
        split.setAside[left] = row
        left += 1
      }
    }
  }

  /// Deals out groups, and sets the rows beyond what every seed has aside.
  private mutating func drawGroups(_ key: RandomKey, _ seed: UInt32) {
    deal?.draw(key: key, seed: seed)
    guard let sides = deal?.sides else { return }
    for row in parts.indices { parts[row] = sides[groups[row]] }
    for row in lastRows { parts[row] = .validation }
    let counts = [trainingCounts, validationCounts, trustedCounts]
    for (side, counts) in zip([SplitSide.train, .validation, .trusted], counts) {
      for c in rowsOfClass.indices {
        order.removeAll(keepingCapacity: true)
        for row in rowsOfClass[c] where parts[row] == side { order.append(row) }
        let excess = order.count - counts[c]
        guard excess > 0 else { continue }
        var stream = RandomStream(
          key: key, purpose: .groupRows, seed: seed, row: 3 * c + side.rawValue)
        stream.shuffle(&order, prefix: excess)
        for place in 0..<excess { parts[order[place]] = .setAside }
      }
    }
  }

  /// Takes rows of each class, each for itself.
  private mutating func drawRows(_ key: RandomKey, _ seed: UInt32) {
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
