public import LinAlg

/// Rows of a data set divided into those to train on and those to validate on.
public struct Split: Sendable, Equatable {
  /// The rows to train on, ascending.
  public let train: [Int]

  /// The rows to validate on, ascending; every row is in exactly one of the two.
  public let validation: [Int]

  /// Draws a split of `dataset` in which every class has its share.
  ///
  /// See `stratified(labels:classCount:validationShare:key:seed:)`.
  /// - Throws: `DatasetsError.validationShareOutOfRange`, `.validationTooLarge`.
  public static func stratified(
    _ dataset: Dataset, validationShare: Double, key: RandomKey = .standard, seed: UInt32
  ) throws(DatasetsError) -> Split {
    try stratified(
      labels: dataset.labels, classCount: dataset.classCount, validationShare: validationShare,
      key: key, seed: seed)
  }

  /// Draws a split in which every class has its share.
  ///
  /// m = ⌈share · n⌉ rows are for validation; a product within two roundings of an integer counts
  /// as that integer, so 0.07 of 100 rows are 7. Class c gives m·n_c/n of them, rounded by the
  /// method of largest remainders with ties to the smaller class index; a class with rows keeps
  /// one to train on. How many rows each class gives is thus the same for every seed. Which ones
  /// is decided by a permutation from the stream (key, `.split`, seed, class): a greater share
  /// with the same seed takes the same rows and more, wherever its classes give as many or more.
  ///
  /// - Precondition: Every label is in 0..<classCount.
  /// - Throws: `DatasetsError.validationShareOutOfRange` unless 0 < share < 1;
  ///   `.validationTooLarge` if m rows cannot be taken while every class keeps one.
  /// - Complexity: O(n log n).
  public static func stratified(
    labels: [Int], classCount: Int, validationShare: Double, key: RandomKey = .standard,
    seed: UInt32
  ) throws(DatasetsError) -> Split {
    guard validationShare > 0, validationShare < 1 else {
      throw .validationShareOutOfRange(validationShare)
    }
    var rows = [[Int]](repeating: [], count: classCount)
    for (row, label) in labels.enumerated() {
      precondition(
        rows.indices.contains(label), "Row \(row) has the label \(label) of \(classCount) classes")
      rows[label].append(row)
    }
    let m = ceiling(of: validationShare, times: labels.count)
    let spare = rows.map { max($0.count - 1, 0) }
    let limit = spare.reduce(0, +)
    guard m >= 1, m <= limit else {
      throw .validationTooLarge(
        share: validationShare, validationCount: m, limit: limit, sampleCount: labels.count)
    }
    let quota = apportion(m, by: rows.map(\.count), limits: spare)
    var isValidation = [Bool](repeating: false, count: labels.count)
    for c in rows.indices where quota[c] > 0 {
      var stream = RandomStream(key: key, purpose: .split, seed: seed, row: c)
      for place in stream.permutation(of: rows[c].count).prefix(quota[c]) {
        isValidation[rows[c][place]] = true
      }
    }
    return Split(
      train: labels.indices.filter { !isValidation[$0] },
      validation: labels.indices.filter { isValidation[$0] })
  }

  /// ⌈share · count⌉, undisturbed by the rounding of the share and of the product.
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
