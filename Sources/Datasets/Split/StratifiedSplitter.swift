public import LinAlg

/// Draws the splits of `Split.stratified` for one seed after another, in one set of arrays.
public struct StratifiedSplitter: Sendable {
  /// The rows to train on, ascending, as last drawn.
  public private(set) var train: [Int]

  /// The rows to validate on, ascending, as last drawn.
  public private(set) var validation: [Int]

  private let rowsOfClass: [[Int]]
  private let quota: [Int]
  private var order: [Int] = []
  private var isValidation: [Bool]

  /// Finds how many rows each class gives.
  ///
  /// - Precondition: Every label is in 0..<classCount.
  /// - Throws: `DatasetsError.validationShareOutOfRange`, `.validationTooLarge`.
  public init(
    labels: [Int], classCount: Int, validationShare: Double
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
    rowsOfClass = rows
    quota = Self.apportion(m, by: rows.map(\.count), limits: spare)
    isValidation = Array(repeating: false, count: labels.count)
    train = Array(repeating: 0, count: labels.count - m)
    validation = Array(repeating: 0, count: m)
  }

  /// Draws the split of a seed.
  public mutating func draw(key: RandomKey = .standard, seed: UInt32) {
    for row in isValidation.indices { isValidation[row] = false }
    for c in rowsOfClass.indices where quota[c] > 0 {
      var stream = RandomStream(key: key, purpose: .split, seed: seed, row: c)
      order.removeAll(keepingCapacity: true)
      order.append(contentsOf: rowsOfClass[c])
      stream.shuffle(&order, prefix: quota[c])
      for place in 0..<quota[c] { isValidation[order[place]] = true }
    }
    var (trained, validated) = (0, 0)
    for row in isValidation.indices {
      if isValidation[row] {
        validation[validated] = row
        validated += 1
      } else {
        train[trained] = row
        trained += 1
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
  private static func apportion(_ total: Int, by weights: [Int], limits: [Int]) -> [Int] {
    let sum = weights.reduce(0, +)
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
