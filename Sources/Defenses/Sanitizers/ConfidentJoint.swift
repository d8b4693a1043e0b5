package import LinAlg

/// How many rows with each given label belong to each class, as far as probabilities tell.
///
///     t_j = mean of p_ij over rows labelled j
///     C[a][b] = number of rows labelled a whose class is b with confidence
///
/// A row's class is the one whose threshold t_j its probability reaches, and of several the most
/// probable of all classes. C is then scaled so that row a has as many as there are labels a, and
/// rounded with its sums kept.
///
/// It breaks down where more than half of a class is mislabelled: thresholds are of the wrong rows then.
///
/// Source: Northcutt, Jiang, Chuang, "Confident learning", JAIR 70 (2021), section 3; the rounding and the
/// slack of 10⁻⁶ are those of cleanlab 2.9.0.
package struct ConfidentJoint: Sendable {
  /// C, K × K: given label by row, class by column.
  package let counts: [[Int]]

  /// The rows that are with confidence of another class than their label, ascending.
  package let offDiagonal: [Int]

  /// Estimates from labels and out-of-sample probabilities (n × K).
  package init(labels: [Int], probabilities: Matrix<Double>) {
    let classCount = probabilities.columns
    let thresholds = Self.thresholds(labels, probabilities)
    var raw = [[Int]](repeating: Array(repeating: 0, count: classCount), count: classCount)
    var offDiagonal: [Int] = []
    let p = probabilities.elements.span
    for row in labels.indices {
      var (confident, first, most) = (0, 0, 0)
      for label in 0..<classCount {
        let value = p[row * classCount + label]
        if value >= thresholds[label] - 1e-6 {
          if confident == 0 { first = label }
          confident += 1
        }
        if value > p[row * classCount + most] { most = label }
      }
      guard confident > 0 else { continue }
      let guess = confident > 1 ? most : first
      raw[labels[row]][guess] += 1
      if guess != labels[row] { offDiagonal.append(row) }
    }
    for label in 0..<classCount { raw[label][label] = max(raw[label][label], 1) }
    counts = Self.calibrated(raw, labels)
    self.offDiagonal = offDiagonal
  }

  /// T[i][j], the probability that a row of class i is labelled j: columns of C over their sums.
  package var noise: [[Double]] {
    let classCount = counts.count
    return (0..<classCount).map { label in
      let sum = counts.reduce(0) { $0 + $1[label] }
      return (0..<classCount).map { given in
        sum > 0 ? Double(counts[given][label]) / Double(sum) : (given == label ? 1 : 0)
      }
    }
  }

  private static func thresholds(_ labels: [Int], _ probabilities: Matrix<Double>) -> [Double] {
    let classCount = probabilities.columns
    var (sums, counts) = (
      [Double](repeating: 0, count: classCount), [Int](repeating: 0, count: classCount)
    )
    for (row, label) in labels.enumerated() {
      sums[label] += probabilities.elements[row * classCount + label]
      counts[label] += 1
    }
    // Nothing reaches the threshold of a class without labels.
    return (0..<classCount).map { counts[$0] == 0 ? 2 : max(sums[$0] / Double(counts[$0]), 2e-6) }
  }

  private static func calibrated(_ raw: [[Int]], _ labels: [Int]) -> [[Int]] {
    var labelCounts = [Int](repeating: 0, count: raw.count)
    for label in labels { labelCounts[label] += 1 }
    var scaled = raw.indices.map { label in
      let sum = max(Double(raw[label].reduce(0, +)), 1e-100)
      return raw[label].map { Double($0) / sum * Double(labelCounts[label]) }
    }
    let total = max(scaled.reduce(0) { $0 + $1.reduce(0, +) }, 1e-100)
    for label in scaled.indices {
      for other in scaled.indices {
        scaled[label][other] = scaled[label][other] / total * Double(labels.count)
      }
    }
    return scaled.map(rounded)
  }

  /// Whole numbers near some numbers, with the same rounded sum: those that rounding has moved
  /// farthest are moved back by 1, the last of those that tie first where something is missing.
  static func rounded(_ values: [Double]) -> [Int] {
    var whole = values.map { $0.rounded(.toNearestOrEven) }
    let wanted = values.reduce(0, +).rounded(.toNearestOrEven)
    while true {
      let missing = wanted - whole.reduce(0, +)
      guard abs(missing) > 1e-6 else { break }
      let step = missing < 0 ? -1.0 : 1.0
      let rest = zip(values, whole).map { $0 - $1 }
      let order = Ranking.ascending(rest)
      for index in (step > 0 ? order.reversed() : order).prefix(Int(abs(missing))) {
        whole[index] += step
      }
    }
    return whole.map { Int($0) }
  }
}
