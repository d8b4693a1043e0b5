public import Datasets
public import LinAlg

/// The training rows of one split, before or after an attack.
public struct TrainingSet: Sendable, Equatable {
  /// The features, n × d.
  public private(set) var features: Matrix<Double>

  /// The class of each row, in 0..<classCount.
  public private(set) var labels: [Int]

  /// The row of the data set that each row came from; random values are addressed by it.
  public private(set) var rowIDs: [Int]

  /// Number of classes K.
  public let classCount: Int

  /// What the features stand for in a file; nil where they are its numbers.
  public let encoding: TableEncoding?

  private(set) var range: FeatureRange

  /// The rows of a data set at the given indices, in that order, with gaps filled in by what was fitted to
  /// the rows of a split; to these rows where nothing is given.
  public init(_ dataset: Dataset, rows: [Int], _ fitted: FittedEncoding? = nil) {
    var features = dataset.features.selectingRows(rows)
    if let encoding = dataset.encoding, !encoding.gapColumns.isEmpty {
      (fitted ?? FittedEncoding(dataset, trainingRows: rows)).complete(&features)
    }
    self.init(
      features: features, labels: rows.map { dataset.labels[$0] }, rowIDs: rows,
      classCount: dataset.classCount, encoding: dataset.encoding)
  }

  /// Puts rows together.
  package init(
    features: Matrix<Double>, labels: [Int], rowIDs: [Int], classCount: Int,
    encoding: TableEncoding? = nil
  ) {
    (self.features, self.labels) = (features, labels)
    (self.rowIDs, self.classCount, self.encoding) = (rowIDs, classCount, encoding)
    range = FeatureRange(features)
  }

  /// Takes other rows of a data set, as many as before, in the same storage.
  ///
  /// The ranges of their features are given in a lane of `lower` and `upper`, and what fills their gaps.
  package mutating func refill(
    _ dataset: Dataset, rows: [Int], lower: [Lanes.Quad], upper: [Lanes.Quad], lane: Int,
    _ fitted: FittedEncoding = .plain
  ) {
    precondition(rows.count == count, "\(rows.count) rows instead of \(count)")
    let d = dataset.featureCount
    let table = dataset.features.elements.span
    var fillings = [Double](repeating: 0, count: d)
    for (j, median) in zip(fitted.gapColumns, fitted.medians) { fillings[j] = median }
    let hasGaps = !fitted.gapColumns.isEmpty
    features.withMutableElements { x in
      for (position, row) in rows.enumerated() {
        for j in 0..<d {
          let value = table[row * d + j]
          x[position * d + j] = hasGaps && value.isNaN ? fillings[j] : value
        }
      }
    }
    for (position, row) in rows.enumerated() {
      labels[position] = dataset.labels[row]
      rowIDs[position] = row
    }
    range.take(lower, upper, lane: lane)
  }

  /// Number of rows n.
  public var count: Int { labels.count }

  /// Number of rows of each class.
  public var classCounts: [Int] {
    labels.reduce(into: Array(repeating: 0, count: classCount)) { $0[$1] += 1 }
  }

  /// The set that a model trains on after the attack; the receiver stays as it is.
  ///
  /// Where rows are replaced, they stay at their positions; those that are added follow the clean
  /// rows in the order of the patch, with the ids of the rows the attack took; those that are
  /// deleted leave no gap.
  /// - Precondition: The patch was made for a set of this shape.
  public func applying(_ patch: Patch, flow: Flow = .replace) -> TrainingSet {
    guard !patch.rows.isEmpty else { return self }
    precondition(
      patch.featureCount ?? features.columns == features.columns,
      "A patch of \(patch.featureCount ?? 0) features for \(features.columns)")
    precondition(
      patch.labels?.allSatisfy { $0 >= 0 && $0 < classCount } ?? true,
      "A label of the patch is outside 0..<\(classCount)")
    switch flow {
    case .replace:
      var changed = Array(0..<count)
      for (index, row) in patch.rows.enumerated() { changed[row] = count + index }
      return appending(patch).selecting(changed)
    case .add: return appending(patch)
    case .delete:
      var isGone = [Bool](repeating: false, count: count)
      for row in patch.rows { isGone[row] = true }
      return selecting((0..<count).filter { !isGone[$0] })
    }
  }

  /// The rows at positions in a range.
  package func rows(in range: Range<Int>) -> TrainingSet {
    range == 0..<count ? self : selecting(Array(range))
  }

  /// The rows and, after them, those of another set.
  package func followed(by next: TrainingSet) -> TrainingSet {
    guard next.count > 0 else { return self }
    return TrainingSet(
      features: Matrix(
        rows: count + next.count, columns: features.columns,
        elements: features.elements + next.features.elements),
      labels: labels + next.labels, rowIDs: rowIDs + next.rowIDs, classCount: classCount,
      encoding: encoding)
  }

  /// The rows and, after them, those of a patch.
  private func appending(_ patch: Patch) -> TrainingSet {
    let made = features.selectingRows(patch.rows).elements
    let elements = patch.featureCount == nil ? made : patch.featureElements
    return TrainingSet(
      features: Matrix(
        rows: count + patch.rows.count, columns: features.columns,
        elements: features.elements + elements),
      labels: labels
        + (patch.changesLabels ? patch.labelElements : patch.rows.map { labels[$0] }),
      rowIDs: rowIDs + patch.rows.map { rowIDs[$0] }, classCount: classCount,
      encoding: encoding)
  }

  /// The rows at the given positions, in that order.
  private func selecting(_ positions: [Int]) -> TrainingSet {
    TrainingSet(
      features: features.selectingRows(positions), labels: positions.map { labels[$0] },
      rowIDs: positions.map { rowIDs[$0] }, classCount: classCount, encoding: encoding)
  }
}
