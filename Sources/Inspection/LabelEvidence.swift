import Defenses
import LinAlg
import Models
public import Statistics

/// What rows say of each other's labels, and how many labels are wrong.
///
/// The list of labels that look wrong has the rows with the largest probability w of that, as many as keep the
/// mean of 1 − w, the share of right labels among them, at the false discovery rate that is asked for.
///
/// Source: the list: Efron, "Large-scale inference" (2010), chapter 5; w: `LabelPanel`; the number of wrong
/// labels: `NoiseRate`.
public struct LabelEvidence: Sendable {
  /// What is known of the label of a row.
  public struct Judgement: Sendable {
    /// The probability of the label by other rows, labels that may be wrong allowed for.
    public let ownProbability: Double

    /// The probability that the label is wrong.
    public let wrongProbability: Double

    /// The class that the row is of most probably, by its features and its label.
    public let suggested: Int

    /// The share of the 20 nearest others that have the label.
    public let neighborShare: Double

    /// The estimators that find another class more probable.
    public let dissenters: [String]
  }

  /// One judgement a row; nil where a row cannot be judged.
  public let judgements: [Judgement?]

  /// About how many of the judged labels are wrong; nil where none can be judged.
  public let errors: Double?

  /// The 95 % interval of that, as far as classes overlap like normal ones (`NoiseRate`).
  public let errorInterval: Interval?

  /// The label of each row.
  let labels: [Int]

  /// A class of fewer rows cannot be judged: no row of it has enough others.
  public static let smallestClass = 5

  /// Weighs the labels of the rows at some positions by each other.
  ///
  /// Classes of fewer than `smallestClass` of these rows are left out. `progress` is told how many of
  /// `LabelPanel.roundCount` steps are done.
  init(
    _ suspects: Suspects, rows: [Int], _ regression: SoftmaxRegression, threads: Int,
    progress: (Int) -> Void = { _ in }
  ) {
    let part = SuspectPart(suspects, rows: rows)
    labels = suspects.labels
    var judgements = [Judgement?](repeating: nil, count: suspects.count)
    guard part.classes.count >= 2 else {
      (self.judgements, errors, errorInterval) = (judgements, nil, nil)
      return
    }
    let panel = LabelPanel(part.suspects, regression, threads: threads, progress: progress)
    let (n, k) = (part.rows.count, part.classes.count)
    // The sum of the probabilities is what is expected.
    var errors = 0.0
    for (place, row) in part.rows.enumerated() {
      let label = part.suspects.labels[place]
      judgements[row] = Judgement(
        ownProbability: panel.probabilities[place * k + label],
        wrongProbability: panel.wrongProbability(place, label: label),
        suggested: part.classes[Distribution.mode(panel.posterior, place, classCount: k)],
        neighborShare: panel.neighborShares[place],
        dissenters: zip(panel.names, panel.opinions).filter {
          Distribution.mode($1, place, classCount: k) != label
        }.map(\.0))
      errors += panel.wrongProbability(place, label: label)
    }
    self.judgements = judgements
    self.errors = errors
    let share = panel.rate.interval
    errorInterval = Interval(from: share.lower * Double(n), to: share.upper * Double(n))
      .spanning(Interval(from: errors, to: errors))
  }

  /// The rows that could have a wrong label, the most probable first: those for which another class is
  /// more probable.
  public var ranking: [Int] {
    let doubted = labels.indices.filter { row in
      judgements[row].map { $0.suggested != labels[row] } ?? false
    }
    return sorted(doubted)
  }

  /// All rows, the most probably wrong first, and those that cannot be judged last.
  public var order: [Int] { sorted(Array(labels.indices)) }

  private func sorted(_ rows: [Int]) -> [Int] {
    let w = { (row: Int) in judgements[row]?.wrongProbability ?? -1 }
    return rows.sorted { w($0) > w($1) || (w($0) == w($1) && $0 < $1) }
  }

  /// The rows whose labels look wrong, with a share of right ones among them of `rate` at most.
  public func named(falseDiscoveryRate rate: Double) -> [Int] {
    let ranking = ranking
    var (right, count) = (0.0, 0)
    for (index, row) in ranking.enumerated() {
      right += 1 - (judgements[row]?.wrongProbability ?? 0)
      if right <= rate * Double(index + 1) { count = index + 1 }
    }
    return Array(ranking.prefix(count))
  }
}
