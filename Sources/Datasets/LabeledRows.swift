public import LinAlg

/// Clean rows beside those that are trained on: models are judged on them, or somebody vouches for them.
public struct LabeledRows: Sendable, Equatable {
  /// The features, n × d, before scaling.
  public package(set) var features: Matrix<Double>

  /// The class of each row.
  public package(set) var labels: [Int]

  /// Puts rows together.
  ///
  /// - Precondition: One label a row.
  public init(features: Matrix<Double>, labels: [Int]) {
    precondition(
      features.rows == labels.count, "\(features.rows) rows with \(labels.count) labels")
    (self.features, self.labels) = (features, labels)
  }

  /// The rows of a data set at the given indices, in that order.
  public init(_ dataset: Dataset, rows: [Int]) {
    self.init(
      features: dataset.features.selectingRows(rows), labels: rows.map { dataset.labels[$0] })
  }

  /// Number of rows.
  public var count: Int { labels.count }
}
