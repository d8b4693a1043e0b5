/// How much each row of a data set counts when a model is fitted to it.
public struct SampleWeights: Sendable, Hashable {
  /// What the column is called that has them.
  public let column: String

  /// The weight of each row: finite, not negative, and not all 0.
  public let values: [Double]

  /// Puts weights together.
  ///
  /// - Precondition: They are finite and not negative.
  public init(column: String, values: [Double]) {
    precondition(
      values.allSatisfy { $0.isFinite && $0 >= 0 }, "Weights must be finite and not negative")
    (self.column, self.values) = (column, values)
  }

  /// The weights of some rows, in that order.
  ///
  /// - Precondition: Every index is a row.
  package func selecting(_ rows: some Sequence<Int>) -> SampleWeights {
    SampleWeights(column: column, values: rows.map { values[$0] })
  }

  /// The weights of these rows and, after them, of as many that weigh 1.
  func followed(byUnits count: Int) -> SampleWeights {
    SampleWeights(column: column, values: values + Array(repeating: 1, count: count))
  }
}
