import Datasets
import LinAlg
import Models

/// Removes rows that lie far from others: from all of them, or from those of their class.
///
/// Scores are standardised by their median and upper spread, class by class where classes are scored
/// by themselves, so that they compare across classes. A class of fewer than four rows is acquitted: it
/// has no shape.
struct Detector: RowDefense {
  /// Which rows a row is compared with.
  enum Scope: String, CaseIterable, Sendable {
    case perClass = "class"
    case global
  }

  let name: String
  let parameters: [String: String]
  let score: OutlierScore
  let scope: Scope
  let threshold: Threshold

  /// Classes of fewer rows are not judged.
  static let smallestClass = 4

  var needsTrusted: Bool { if case .trusted = threshold { true } else { false } }

  func judge(_ suspects: Suspects, for learner: any Learner, threads: Int) -> Verdict {
    let parts: [[Int]] =
      scope == .global ? [Array(0..<suspects.count)] : suspects.rowsOfClass
    var scores = [Double](repeating: 0, count: suspects.count)
    var excess = [Double](repeating: 0, count: suspects.count)
    let line = score.line(featureCount: suspects.features.columns) ?? .infinity
    var trustedScores: [Double] = []
    for (part, rows) in parts.enumerated() where rows.count >= Self.smallestClass {
      let others = suspects.trusted.map { trusted in
        trusted.features.selectingRows(
          trusted.labels.indices.filter { scope == .global || trusted.labels[$0] == part })
      }
      let result = score.scores(
        of: rows.count == suspects.count
          ? suspects.features : suspects.features.selectingRows(rows),
        others: others ?? Matrix(rows: 0, columns: suspects.features.columns), suspects, part: part,
        threads: threads)
      let spread = UpperSpread(result.scores)
      for (place, row) in rows.enumerated() {
        scores[row] = spread.standardized(result.scores[place])
        excess[row] = result.scores[place] - line
      }
      trustedScores += result.otherScores.map(spread.standardized)
    }
    return Verdict(
      suspects, scores: scores,
      isRemoved: threshold.isExceeded(
        by: threshold == .native ? excess : scores, trusted: trustedScores))
  }
}
