public import Datasets
public import LinAlg
package import Models

/// What a defence gets to see under one seed: training rows, whoever they are from.
///
/// Features are scaled as the study says, by the rows shown here. Which rows are poisoned is not
/// among it, nor is any validation row.
public struct Suspects: Sendable {
  /// The features, n × d, scaled.
  public let features: Matrix<Double>

  /// The class of each row as it came, in 0..<classCount.
  public let labels: [Int]

  /// Number of classes K, of which some may have no row.
  public let classCount: Int

  /// The group of each row, whose rows should not judge each other; nil where each stands for itself.
  public let groups: [Int]?

  /// Rows known to be good, scaled like the others, where somebody vouches for some: they are in no training
  /// set, and nobody could change them.
  public let trusted: LabeledRows?

  /// The key of all random draws.
  public let key: RandomKey

  /// The seed.
  public let seed: UInt32

  /// Puts rows together.
  ///
  /// - Precondition: One label a row, in 0..<classCount, and one group if any; trusted rows have as many
  ///   features.
  public init(
    features: Matrix<Double>, labels: [Int], classCount: Int, groups: [Int]? = nil,
    trusted: LabeledRows? = nil, key: RandomKey = .standard, seed: UInt32 = 0
  ) {
    precondition(
      (groups ?? labels).count == labels.count,
      "\(groups?.count ?? 0) groups of \(labels.count) rows")
    precondition(
      features.rows == labels.count, "\(features.rows) rows with \(labels.count) labels")
    precondition(
      labels.allSatisfy { $0 >= 0 && $0 < classCount }, "A label is outside 0..<\(classCount)")
    precondition(
      trusted?.features.columns ?? features.columns == features.columns,
      "Trusted rows of \(trusted?.features.columns ?? 0) features beside \(features.columns)")
    (self.features, self.labels, self.classCount) = (features, labels, classCount)
    (self.groups, self.trusted, self.key, self.seed) = (groups, trusted, key, seed)
  }

  /// Number of rows n.
  public var count: Int { labels.count }

  /// The positions of the rows of each class, ascending.
  public var rowsOfClass: [[Int]] { Self.rows(ofEach: classCount, labels) }

  /// The positions of the labels of each of some classes, ascending.
  static func rows(ofEach classCount: Int, _ labels: [Int]) -> [[Int]] {
    var rows = [[Int]](repeating: [], count: classCount)
    for (row, label) in labels.enumerated() { rows[label].append(row) }
    return rows
  }

  /// What a model would be fitted to if nobody were suspected: the rows, each of weight 1.
  package var problem: Problem {
    Problem(features: features, labels: labels, classCount: classCount)
  }

  /// The random numbers of a defence for the row at a position, or for the whole set.
  package func stream(_ purpose: RandomPurpose, row: Int = 0) -> RandomStream {
    RandomStream(key: key, purpose: purpose, seed: seed, row: row)
  }
}
