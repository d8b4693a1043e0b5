import Datasets
import LinAlg
import Models

/// Removes rows that lie far from others: from all of them, or from those of their class.
///
/// Scores are standardised by their `CentralSpread`, class by class where classes are scored by
/// themselves, so that they compare across classes. A class of too few rows cannot be judged and is
/// acquitted.
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

  /// The limits of a threshold by alpha.
  private let reference: NullReference?

  init(
    name: String, parameters: [String: String], score: OutlierScore, scope: Scope,
    threshold: Threshold
  ) {
    (self.name, self.parameters) = (name, parameters)
    (self.score, self.scope, self.threshold) = (score, scope, threshold)
    reference =
      if case .null(let alpha) = threshold { NullReference(score, alpha: alpha) } else { nil }
  }

  var needsTrusted: Bool { if case .trusted = threshold { true } else { false } }

  func judge(_ suspects: Suspects, for learner: any Learner, threads: Int) -> Verdict {
    let parts: [[Int]] =
      scope == .global ? [Array(0..<suspects.count)] : suspects.rowsOfClass
    var scores = [Double](repeating: 0, count: suspects.count)
    var excess = [Double](repeating: 0, count: suspects.count)
    let d = suspects.features.columns
    let line = score.line(featureCount: d) ?? .infinity
    var trustedScores: [Double] = []
    for (part, rows) in parts.enumerated()
    where rows.count >= score.smallestCount(featureCount: d) {
      let others = suspects.trusted.map { trusted in
        trusted.features.selectingRows(
          trusted.labels.indices.filter { scope == .global || trusted.labels[$0] == part })
      }
      let features =
        rows.count == suspects.count ? suspects.features : suspects.features.selectingRows(rows)
      let result = score.scores(
        of: features, others: others ?? Matrix(rows: 0, columns: d), suspects, part: part,
        threads: threads)
      let spread = CentralSpread(result.scores, score.spread)
      let limit = reference?.limit(of: features, scores: result.scores, threads: threads)
      for (place, row) in rows.enumerated() {
        scores[row] = spread.standardized(result.scores[place])
        excess[row] =
          limit.map { min(scores[row] - $0, result.scores[place] - score.floor) }
          ?? (result.scores[place] - line)
      }
      trustedScores += result.otherScores.map(spread.standardized)
    }
    return Verdict(
      suspects, scores: scores,
      isRemoved: threshold.isExceeded(
        by: reference != nil || threshold == .native ? excess : scores,
        trusted: trustedScores))
  }
}
