import LinAlg

/// Probabilities and cross-entropies of rows of logits (n × K).
///
///     p_c = exp(z_c − m) / Σ exp(z − m),   −ln p_y = ln Σ exp(z − m) − (z_y − m),   m = max z
///
/// Subtracting the maximum leaves both unchanged and keeps the exponentials in range; a logit of
/// −∞ has probability 0.
func softmax(
  _ logits: Matrix<Double>, labels: [Int]
) -> (probabilities: Matrix<Double>, losses: [Double]) {
  let (rows, k) = (logits.rows, logits.columns)
  var shifted = logits.elements
  var losses = [Double](repeating: 0, count: rows)
  for row in 0..<rows {
    var largest = -Double.infinity
    for index in row * k..<(row + 1) * k { largest = max(largest, shifted[index]) }
    for index in row * k..<(row + 1) * k { shifted[index] -= largest }
    if !labels.isEmpty { losses[row] = -shifted[row * k + labels[row]] }
  }
  Lanes.exp(&shifted)
  var sums = [Double](repeating: 0, count: rows)
  for row in 0..<rows {
    var sum = 0.0
    for index in row * k..<(row + 1) * k { sum += shifted[index] }
    sums[row] = sum
    for index in row * k..<(row + 1) * k { shifted[index] /= sum }
  }
  if !labels.isEmpty {
    Lanes.log(&sums)
    for row in 0..<rows { losses[row] += sums[row] }
  }
  return (Matrix(rows: rows, columns: k, elements: shifted), losses)
}
