/// What a defence makes of n training rows.
public struct Verdict: Sendable, Equatable {
  /// The weight of each row, finite and ≥ 0; 0 removes it, 1 leaves it as it is.
  public var weights: [Double]

  /// The class of each row, corrected where the defence corrects.
  public var labels: [Int]

  /// How suspicious each row is, finite: the larger, the more.
  public var scores: [Double]

  /// The rows as they came, none more suspicious than another.
  public init(acquitting suspects: Suspects) {
    weights = Array(repeating: 1, count: suspects.count)
    labels = suspects.labels
    scores = Array(repeating: 0, count: suspects.count)
  }

  /// The rows with scores, and those removed that `isRemoved` names.
  ///
  /// - Precondition: One score and one flag a row.
  public init(_ suspects: Suspects, scores: [Double], isRemoved: [Bool]) {
    precondition(
      scores.count == suspects.count && isRemoved.count == suspects.count,
      "\(suspects.count) rows with \(scores.count) scores and \(isRemoved.count) flags")
    weights = isRemoved.map { $0 ? 0 : 1 }
    labels = suspects.labels
    self.scores = scores
  }

  /// Whether the row at a position is removed, weighed down or relabelled.
  public func isFlagged(_ row: Int, of suspects: Suspects) -> Bool {
    weights[row] < 1 || labels[row] != suspects.labels[row]
  }
}
