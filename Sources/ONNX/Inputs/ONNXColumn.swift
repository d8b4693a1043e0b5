/// A column of rows as a file has them, and the features that the graph makes of it.
///
/// Each is an input of its own, N values, in the place of one input of N × d features; the only one is N × 1.
public struct ONNXColumn: Sendable, Equatable {
  /// What the column holds.
  public enum Kind: Sendable, Equatable {
    /// Numbers; NaN stands for a gap.
    case numbers
    /// Texts, each of which has the features in its row of a table; any other text those of the last row.
    case texts([String], features: [[Double]])
  }

  /// What the input is called.
  public let name: String

  /// What it holds.
  public let kind: Kind

  /// What the first feature is where it is missing; nil where it cannot be.
  public let filling: Double?

  /// Whether one more feature says where it is missing.
  public let isIndicated: Bool

  /// Puts a column together.
  ///
  /// - Precondition: A table has one row more than there are texts, and each row as many features.
  public init(_ name: String, _ kind: Kind, filling: Double? = nil, isIndicated: Bool = false) {
    if case .texts(let texts, let features) = kind {
      precondition(
        features.count == texts.count + 1 && Set(features.map(\.count)).count == 1,
        "\(features.count) rows of features for \(texts.count) texts")
    }
    (self.name, self.kind) = (name, kind)
    (self.filling, self.isIndicated) = (filling, isIndicated)
  }

  /// Number of features.
  public var featureCount: Int {
    let own =
      switch kind {
      case .numbers: 1
      case .texts(_, let features): features[0].count
      }
    return own + (isIndicated ? 1 : 0)
  }
}
