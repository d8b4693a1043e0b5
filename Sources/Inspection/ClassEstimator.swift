import LinAlg

/// Something that says which class each row has, by what other rows are taken to be.
protocol ClassEstimator: Sendable {
  /// What it is called in results.
  var name: String { get }

  /// Probabilities, n × K, of the classes of each row by the other rows.
  ///
  /// `targets` (n × K) say what the rows are taken to be: for each a distribution over the classes.
  mutating func probabilities(by targets: Matrix<Double>, threads: Int) -> Matrix<Double>
}
