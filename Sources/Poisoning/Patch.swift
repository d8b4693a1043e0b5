public import LinAlg

/// What an attack does to a training set: the rows it takes and what they become.
///
/// Only positions, never a copy of the set. What is nil stays as it was: an attack on labels has no
/// features, an attack on features no labels.
public struct Patch: Sendable, Equatable {
  /// Positions in the training set, each once; row i of what follows belongs to `rows[i]`.
  public let rows: [Int]

  /// New features, k × d.
  public let features: Matrix<Double>?

  /// New labels, k of them.
  public let labels: [Int]?

  /// A patch of k rows.
  ///
  /// - Precondition: Features and labels, where given, have one entry for each row.
  public init(rows: [Int], features: Matrix<Double>? = nil, labels: [Int]? = nil) {
    precondition(
      (features?.rows ?? rows.count) == rows.count && (labels?.count ?? rows.count) == rows.count,
      "A patch of \(rows.count) rows needs as many features and labels")
    self.rows = rows
    self.features = features
    self.labels = labels
  }
}
