public import LinAlg

/// What a targeted attack wants of the validation rows under one seed.
public struct Aim: Sendable, Equatable {
  /// Values that features are given at prediction.
  public struct Trigger: Sendable, Equatable {
    /// The features, each once.
    public let columns: [Int]

    /// The value of each, before scaling.
    public let values: [Double]

    /// Puts a trigger together.
    ///
    /// - Precondition: One value a column.
    public init(columns: [Int], values: [Double]) {
      precondition(
        columns.count == values.count, "\(columns.count) columns with \(values.count) values")
      (self.columns, self.values) = (columns, values)
    }

    /// The rows of a matrix, all with the trigger.
    public func applied(to features: Matrix<Double>) -> Matrix<Double> {
      var elements = features.elements
      for start in stride(from: 0, to: elements.count, by: max(features.columns, 1)) {
        for (column, value) in zip(columns, values) { elements[start + column] = value }
      }
      return Matrix(rows: features.rows, columns: features.columns, elements: elements)
    }
  }

  /// The positions among the validation rows that the attack is after.
  public let rows: [Int]

  /// The class it wants them to be given; nil for any wrong one.
  public let wanted: Int?

  /// What the rows carry at prediction; nil where they stay as they are.
  public let trigger: Trigger?

  /// Puts an aim together.
  public init(rows: [Int], wanted: Int?, trigger: Trigger? = nil) {
    (self.rows, self.wanted, self.trigger) = (rows, wanted, trigger)
  }

  /// The share of the rows aimed at that were given what the attack wants; nil for no row.
  ///
  /// `predicted` are the classes of all validation rows, which carry the trigger if there is one.
  public func success(predicted: [Int], truth: [Int]) -> Double? {
    Self.share(of: rows) { row in
      wanted.map { predicted[row] == $0 } ?? (predicted[row] != truth[row])
    }
  }

  /// What the attack does to rows it does not want; nil when there are none.
  ///
  /// With a trigger: the share of clean rows of other classes that are given the wanted class all
  /// the same. Without: the share of the other validation rows that are misclassified.
  public func collateral(predicted: [Int], truth: [Int]) -> Double? {
    if trigger != nil, let wanted {
      return Self.share(of: truth.indices.filter { truth[$0] != wanted }) {
        predicted[$0] == wanted
      }
    }
    let aimed = Set(rows)
    return Self.share(of: truth.indices.filter { !aimed.contains($0) }) {
      predicted[$0] != truth[$0]
    }
  }

  private static func share(of rows: [Int], where isHit: (Int) -> Bool) -> Double? {
    rows.isEmpty ? nil : Double(rows.count(where: isHit)) / Double(rows.count)
  }
}
