package import LinAlg
import Models

/// Which labels look wrong, by one of the rules of confident learning.
package enum LabelIssues {
  /// A rule.
  package enum Rule: String, CaseIterable, Sendable {
    /// For each pair of label and class, as many rows as C says, those with the largest margin.
    case noiseRate = "prune_by_noise_rate"
    /// Of each label, as many rows as C has off its diagonal, those least sure of their label.
    case perClass = "prune_by_class"
    /// Rows that both of those name.
    case both
    /// Rows that C counts off its diagonal.
    case confident = "confident_learning"
    /// Rows for which another class is the most probable.
    case predicted = "predicted_neq_given"
  }

  /// Whether each of n labels looks wrong; n × K out-of-sample probabilities.
  ///
  /// A label that is the most probable class never does. Each class keeps a row at least.
  ///
  /// Source: Northcutt, Jiang, Chuang, JAIR 70 (2021), section 3.2; counts as in cleanlab 2.9.0.
  package static func flags(
    labels: [Int], probabilities: Matrix<Double>, rule: Rule
  ) -> [Bool] {
    let joint = ConfidentJoint(labels: labels, probabilities: probabilities)
    var flags = [Bool](repeating: false, count: labels.count)
    switch rule {
    case .predicted: flags = flags.map { _ in true }
    case .confident: for row in joint.offDiagonal { flags[row] = true }
    case .noiseRate, .perClass, .both:
      let counts = prunedCounts(joint.counts)
      if rule != .perClass { pruneByMargin(labels, probabilities, counts, &flags) }
      if rule != .noiseRate {
        var others = [Bool](repeating: false, count: labels.count)
        pruneByClass(labels, probabilities, counts, &others)
        flags = rule == .perClass ? others : zip(flags, others).map { $0 && $1 }
      }
    }
    for row in labels.indices where flags[row] {
      flags[row] = probabilities.withRow(row, firstMaximum) != labels[row]
    }
    return flags
  }

  /// How many rows of each class (row) and label (column) are to go; the diagonal, at least 1, stays.
  private static func prunedCounts(_ joint: [[Int]]) -> [[Int]] {
    let classCount = joint.count
    var counts = (0..<classCount).map { label in
      (0..<classCount).map { Double(joint[$0][label]) }
    }
    for given in 0..<classCount {
      let lacking = max(counts[given][given], 1) - counts[given][given]
      let others = max((0..<classCount).count { counts[$0][given] != 0 } - 1, 1)
      for label in 0..<classCount {
        counts[label][given] = max(counts[label][given] - lacking / Double(others), 0)
      }
      counts[given][given] = max(Double(joint[given][given]), 1)
    }
    return counts.map { ConfidentJoint.rounded($0.map { $0.rounded(.towardZero) }) }
  }

  private static func pruneByMargin(
    _ labels: [Int], _ probabilities: Matrix<Double>, _ counts: [[Int]], _ flags: inout [Bool]
  ) {
    let classCount = probabilities.columns
    let p = probabilities.elements.span
    let rowsOfLabels = Suspects.rows(ofEach: classCount, labels)
    for (given, rows) in rowsOfLabels.enumerated() where rows.count > 1 {
      for label in 0..<classCount where label != given && counts[label][given] > 0 {
        let margins = rows.map { p[$0 * classCount + label] - p[$0 * classCount + given] }
        for place in Ranking.largest(counts[label][given], of: margins) {
          flags[rows[place]] = true
        }
      }
    }
  }

  private static func pruneByClass(
    _ labels: [Int], _ probabilities: Matrix<Double>, _ counts: [[Int]], _ flags: inout [Bool]
  ) {
    let classCount = probabilities.columns
    let p = probabilities.elements.span
    let rowsOfLabels = Suspects.rows(ofEach: classCount, labels)
    for (given, rows) in rowsOfLabels.enumerated() where rows.count > 1 {
      let doubts = rows.map { -p[$0 * classCount + given] }
      for place in Ranking.largest(max(rows.count - counts[given][given], 0), of: doubts) {
        flags[rows[place]] = true
      }
    }
  }
}
