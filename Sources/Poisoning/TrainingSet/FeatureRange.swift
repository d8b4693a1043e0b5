import LinAlg

/// The smallest and largest value of each feature.
struct FeatureRange: Sendable, Equatable {
  private(set) var lower: [Double]
  private(set) var upper: [Double]

  /// The range of the rows of an n × d matrix; 0…0 for no rows.
  init(_ features: Matrix<Double>) {
    var lower = [Double](repeating: features.rows == 0 ? 0 : .infinity, count: features.columns)
    var upper = lower.map { -$0 }
    for row in 0..<features.rows {
      features.withRow(row) { x in
        for column in x.indices {
          lower[column] = min(lower[column], x[column])
          upper[column] = max(upper[column], x[column])
        }
      }
    }
    (self.lower, self.upper) = (lower, upper)
  }

  mutating func take(_ lower: [Lanes.Quad], _ upper: [Lanes.Quad], lane: Int) {
    for j in self.lower.indices {
      self.lower[j] = lower[j][lane]
      self.upper[j] = upper[j][lane]
    }
  }
}
