/// How well the defences of one fit told poisoned rows from others.
///
///     precision = hits / flagged        recall = hits / poisoned
///     ROC-AUC = P(score of a poisoned row > score of another) + ½ P(equal)
///
/// Source: Hanley and McNeil, "The meaning and use of the area under a receiver operating
/// characteristic (ROC) curve", Radiology 143 (1982).
public struct DetectionTally: Sendable, Equatable {
  /// Number of training rows.
  public let rowCount: Int

  /// Number of them that are poisoned.
  public let poisonedCount: Int

  /// Number of rows that were removed, weighed down or relabelled.
  public let flaggedCount: Int

  /// Number of poisoned rows among those.
  public let hitCount: Int

  /// ROC-AUC of the scores; nil unless some rows are poisoned and some are not.
  public let rocAUC: Double?

  /// The share of poisoned rows among the most suspicious, as many as there are poisoned rows.
  ///
  /// Nil where none is poisoned. Rows that tie at the end count by their share.
  public let precisionAtBudget: Double?

  /// Compares a verdict with the truth.
  ///
  /// - Precondition: As many flags as scores.
  public init(isPoisoned: [Bool], isFlagged: [Bool], scores: [Double]) {
    precondition(
      isPoisoned.count == isFlagged.count && isPoisoned.count == scores.count,
      "\(isPoisoned.count) rows with \(isFlagged.count) flags and \(scores.count) scores")
    rowCount = isPoisoned.count
    poisonedCount = isPoisoned.count { $0 }
    flaggedCount = isFlagged.count { $0 }
    hitCount = zip(isPoisoned, isFlagged).count { $0 && $1 }
    (rocAUC, precisionAtBudget) = Self.ranking(isPoisoned, scores, poisonedCount)
  }

  /// Goes through groups of equal scores from the largest down.
  private static func ranking(
    _ isPoisoned: [Bool], _ scores: [Double], _ budget: Int
  ) -> (auc: Double?, precision: Double?) {
    guard budget > 0 else { return (nil, nil) }
    let order = scores.indices.sorted { scores[$0] > scores[$1] }
    // Pairs are counted twice, so that a tie is one.
    var (above, pairs, taken, hits) = (0, 0, 0, 0.0)
    var start = 0
    while start < order.count {
      var end = start
      var poisoned = 0
      while end < order.count, scores[order[end]] == scores[order[start]] {
        poisoned += isPoisoned[order[end]] ? 1 : 0
        end += 1
      }
      let others = end - start - poisoned
      pairs += others * (2 * above + poisoned)
      above += poisoned
      let room = min(budget - taken, end - start)
      hits += Double(poisoned * room) / Double(end - start)
      taken += room
      start = end
    }
    let all = 2 * budget * (scores.count - budget)
    return (all == 0 ? nil : Double(pairs) / Double(all), hits / Double(budget))
  }

  /// The share of flagged rows that are poisoned; nil where none is flagged.
  public var precision: Double? {
    flaggedCount == 0 ? nil : Double(hitCount) / Double(flaggedCount)
  }

  /// The share of poisoned rows that are flagged; nil where none is poisoned.
  public var recall: Double? {
    poisonedCount == 0 ? nil : Double(hitCount) / Double(poisonedCount)
  }

  /// The share of the rows that are not poisoned which are flagged.
  public var falseAlarmRate: Double {
    let others = rowCount - poisonedCount
    return others == 0 ? 0 : Double(flaggedCount - hitCount) / Double(others)
  }
}
