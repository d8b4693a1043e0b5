public import Datasets
import Defenses
import LinAlg
public import Models
import Poisoning

/// What the defences of a condition make of the training rows, poisoned or not.
///
///     rows → scaler → first defence → scaler of what is left → second → … → scaler of what is left
///
/// A scaler fitted to rows that a defence has removed would keep their mark on all others: one row
/// far out squeezes the rest together. So it is fitted anew after every defence, unless it is that
/// of the rows before poisoning or of rows kept apart.
public struct DefendedRows: Sendable {
  /// The weight of each training row by the verdicts; 0 is removed.
  public let weights: [Double]

  /// The class of each training row, corrected where a defence corrects.
  public let labels: [Int]

  /// How suspicious each row is: the larger, the more.
  ///
  /// Of one defence the scores are its own. Of several each row has the largest of the shares of
  /// rows that each defence suspects less.
  public let scores: [Double]

  /// Whether each row was removed, weighed down or relabelled.
  public let isFlagged: [Bool]

  /// The classes that had rows and have none left, ascending: models never predict them.
  public let lostClasses: [Int]

  /// The scaler of what is left.
  public let scaler: Scaler

  /// What the defences of a condition make of its rows; nil where none of them judges rows.
  init?(
    _ study: Study, _ condition: Condition, training: TrainingSet, clean: TrainingSet,
    trusted: LabeledRows, model: ModelChoice?, seed: UInt32, threads: Int
  ) {
    let chain = condition.defense
    guard !chain.rowDefenses.isEmpty else { return nil }
    precondition(
      !chain.usesModel || model != nil, "\(chain.specification) judges rows for one model")
    guard let model = model ?? study.models.first else { return nil }
    self.init(
      study, chain, training: training, clean: clean, trusted: trusted, model: model, seed: seed,
      threads: threads)
  }

  /// Judges the rows of a training set, one defence after another.
  ///
  /// `clean` are the training rows before poisoning, for a scaler fitted to them.
  init(
    _ study: Study, _ chain: DefenseChain, training: TrainingSet, clean: TrainingSet,
    trusted: LabeledRows, model: ModelChoice, seed: UInt32, threads: Int = 1
  ) {
    let count = training.count
    var weights = [Double](repeating: 1, count: count)
    var labels = training.labels
    var scores = [Double](repeating: 0, count: count)
    let fitted = { (present: [Int]) in
      let left =
        present.count == count ? training.features : training.features.selectingRows(present)
      return study.scaler(left: left, clean: clean.features, trusted: trusted.features)
    }
    for defense in chain.rowDefenses {
      let present = weights.indices.filter { weights[$0] > 0 }
      let scaler = fitted(present)
      let suspects = Suspects(
        features: scaler.transform(
          present.count == count ? training.features : training.features.selectingRows(present)),
        labels: present.map { labels[$0] }, classCount: training.classCount,
        trusted: trusted.count == 0
          ? nil
          : LabeledRows(features: scaler.transform(trusted.features), labels: trusted.labels),
        key: study.key, seed: seed)
      var verdict = defense.judge(suspects, for: model.learner, threads: threads)
      // What cannot be judged is suspected most; NaN would equal nothing, not even itself.
      for place in verdict.scores.indices where verdict.scores[place].isNaN {
        verdict.scores[place] = .infinity
      }
      let ranks = chain.rowDefenses.count == 1 ? verdict.scores : Self.shares(verdict.scores)
      for (place, row) in present.enumerated() {
        weights[row] *= verdict.weights[place]
        labels[row] = verdict.labels[place]
        scores[row] = chain.rowDefenses.count == 1 ? ranks[place] : max(scores[row], ranks[place])
      }
    }
    isFlagged = weights.indices.map { weights[$0] < 1 || labels[$0] != training.labels[$0] }
    let left = weights.indices.filter { weights[$0] > 0 }
    lostClasses = Set(training.labels).subtracting(left.map { labels[$0] }).sorted()
    scaler = fitted(left)
    (self.weights, self.labels, self.scores) = (weights, labels, scores)
  }

  /// The weight of each row in fits: that of the verdict, times that of the row of the data which it is,
  /// replaces or was made from.
  func weights(of training: TrainingSet, in dataset: Dataset) -> [Double] {
    guard let own = training.sampleWeights(in: dataset) else { return weights }
    return zip(weights, own).map { $0 * $1 }
  }

  /// The share of scores below each; those that tie share the middle of their places.
  private static func shares(_ scores: [Double]) -> [Double] {
    let order = scores.indices.sorted { scores[$0] < scores[$1] }
    var shares = [Double](repeating: 0, count: scores.count)
    var start = 0
    while start < order.count {
      var end = start
      while end < order.count, scores[order[end]] == scores[order[start]] { end += 1 }
      let middle = Double(start + end - 1) / 2 / Double(scores.count)
      for place in start..<end { shares[order[place]] = middle }
      start = end
    }
    return shares
  }
}

extension TrainingSet {
  /// The weight of each row in fits, which a row that replaces another or was made from it has from that; nil
  /// where all count alike.
  func sampleWeights(in dataset: Dataset) -> [Double]? {
    dataset.sampleWeights.map { weights in rowIDs.map { weights.values[$0] } }
  }
}

extension Study {
  /// The learner of a model behind the defences of a condition; nil where they are not for it.
  ///
  /// `secretly` asks for noise that nobody can draw again, for which few defences are.
  public func learner(
    _ model: ModelChoice, in condition: Condition, seed: UInt32, secretly: Bool = false
  ) -> (any Learner)? {
    guard let training = condition.defense.training else { return secretly ? nil : model.learner }
    return secretly
      ? training.secretLearner(replacing: model.learner)
      : training.learner(replacing: model.learner, key: key, seed: seed)
  }

  /// The scaler fitted to the rows that the study says.
  func scaler(
    left: @autoclosure () -> Matrix<Double>, clean: Matrix<Double>, trusted: Matrix<Double>
  ) -> Scaler {
    switch scalerPolicy {
    case .poisoned: Scaler(scaler, fittedTo: left())
    case .trusted: Scaler(scaler, fittedTo: clean)
    case .vouched: Scaler(scaler, fittedTo: trusted)
    }
  }
}
