public import LinAlg

/// The mean negative log-probability of the true classes.
///
///     −(1/n) Σᵢ ln p_iyᵢ,   with p clipped below at ε = 2⁻⁵² (as scikit-learn's `log_loss`)
///
/// What is no number counts as ε.
///
/// Shapes: probabilities n × K, labels n.
/// - Precondition: The counts agree.
public func logLoss(_ probabilities: Matrix<Double>, labels: [Int]) -> Double {
  precondition(
    probabilities.rows == labels.count,
    "\(probabilities.rows) rows of probabilities, \(labels.count) labels")
  guard !labels.isEmpty else { return 0 }
  var terms = labels.indices.map { row in
    let p = probabilities[row, labels[row]]
    return p >= .ulpOfOne ? p : .ulpOfOne
  }
  Lanes.log(&terms)
  return -Lanes.sum(terms.span) / Double(labels.count)
}
