public import LinAlg

/// What a model is fitted to: n training rows with labels and weights.
///
/// A row of weight 0 behaves exactly as if it were absent.
public struct Problem: Sendable {
  /// The features, n × d.
  public let features: Matrix<Double>

  /// The class of each row, in 0..<classCount.
  public let labels: [Int]

  /// The weight of each row, finite and not negative.
  public let weights: [Double]

  /// Number of classes K, of which some may have no row.
  public let classCount: Int

  /// Puts a problem together; without weights every row counts 1.
  ///
  /// - Precondition: Counts agree, labels lie in 0..<classCount, weights are finite and ≥ 0.
  public init(
    features: Matrix<Double>, labels: [Int], weights: [Double]? = nil, classCount: Int
  ) {
    precondition(
      labels.count == features.rows && (weights?.count ?? features.rows) == features.rows,
      "\(features.rows) rows with \(labels.count) labels and \(weights?.count ?? 0) weights")
    precondition(
      labels.allSatisfy { $0 >= 0 && $0 < classCount }, "A label is outside 0..<\(classCount)")
    precondition(
      weights?.allSatisfy { $0.isFinite && $0 >= 0 } ?? true,
      "Weights must be finite and not negative")
    (self.features, self.labels) = (features, labels)
    self.weights = weights ?? Array(repeating: 1, count: features.rows)
    self.classCount = classCount
  }

  /// Number of rows n.
  public var sampleCount: Int { features.rows }

  /// Number of features d.
  public var featureCount: Int { features.columns }

  /// The classes that have a row, ascending.
  public var presentClasses: [Int] {
    var present = [Bool](repeating: false, count: classCount)
    for label in labels { present[label] = true }
    return present.indices.filter { present[$0] }
  }

  /// The problem without its rows of weight 0; every fit starts from it.
  func withoutAbsentRows() -> Problem {
    guard weights.contains(0) else { return self }
    return selectingRows(weights.indices.filter { weights[$0] > 0 })
  }

  /// The problem of the rows at `indices`, in that order.
  package func selectingRows(_ indices: [Int]) -> Problem {
    Problem(
      features: features.selectingRows(indices), labels: indices.map { labels[$0] },
      weights: indices.map { weights[$0] }, classCount: classCount)
  }
}
