import Models
import Poisoning
import Statistics
import Sweeps

/// One outcome that the course claims for poisoned Iris, and how it is put to the test.
struct Claim: Sendable {
  /// The poison level it speaks of.
  let share: Double
  /// The claim, in the study's words.
  let statement: String
  /// The measurable statement it is read as.
  let reading: String
  /// Where the mean lies if the claim holds.
  let range: Interval
  /// Whether models of the cell are compared with those of other draws.
  var comparesDraws = false
  /// What is measured of a model, seed by seed; nil where the store has it not.
  let measure: @Sendable (Evidence) -> Measurement?

  /// What a store has about one model.
  struct Evidence {
    /// The cell at the level of the claim.
    let cell: CellSummary
    /// The cell without poison.
    let clean: CellSummary
    let disagreement: Disagreement?

    /// Number of validation rows of a seed.
    var rows: Int { cell.confusion.total / max(cell.tally.seedCount, 1) }
  }

  /// A share of rows over the seeds.
  struct Measurement {
    let moments: RunningMoments
    /// What it is a change from.
    var before: Double?
  }
}

extension Claim {
  /// All claimed outcomes of the study, in its order.
  static let all = [
    Claim(
      share: 0, statement: "accuracy about 95 %", reading: "mean accuracy from 93 to 97 %",
      range: Interval(from: 0.93, to: 0.97), measure: mean(.accuracy)),
    Claim(
      share: 0, statement: "clean decision boundaries",
      reading: "below 0.5 % of rows confuse setosa with another class",
      range: Interval(from: -.infinity, to: 0.005)
    ) { Measurement(moments: $0.cell.setosaConfusion) },
    Claim(
      share: 0.05, statement: "accuracy drops by 2-4 %", reading: "the paired drop is 2…4 points",
      range: Interval(from: 0.02, to: 0.04), measure: mean(.accuracyDrop)),
    Claim(
      share: 0.05, statement: "some confusion versicolor/virginica",
      reading: "more rows confuse the two than at 0 % (in brackets), paired",
      range: positive
    ) { evidence in
      risingConfusion(evidence).map {
        Measurement(moments: $0, before: evidence.clean.speciesConfusion)
      }
    },
    Claim(
      share: 0.10, statement: "noticeable degradation",
      reading: "the paired drop is above 1 point",
      range: Interval(from: 0.01, to: .infinity), measure: mean(.accuracyDrop)),
    Claim(
      share: 0.10, statement: "noisier confusion matrix",
      reading: "more rows off the diagonal than at 0 % (in brackets), paired",
      range: positive
    ) {
      Measurement(moments: $0.cell.accuracyDrop, before: 1 - $0.clean.accuracy.mean)
    },
    Claim(
      share: 0.10, statement: "F1 drops significantly",
      reading: "the paired drop of macro-F1 is above 0", range: positive,
      measure: mean(.macroF1Drop)),
    Claim(
      share: 0.50, statement: "accuracy collapses to about 33 %",
      reading: "mean accuracy from 28 to 38 %", range: Interval(from: 0.28, to: 0.38),
      measure: mean(.accuracy)),
    Claim(
      share: 0.50, statement: "unstable predictions",
      reading:
        "models of two draws of the poison call more rows differently than models of two clean "
        + "samples with replacement do (in brackets), paired",
      range: positive, comparesDraws: true
    ) { evidence in
      evidence.disagreement.map {
        Measurement(
          moments: $0.excess.moments(of: evidence.rows),
          before: $0.samples.moments(of: evidence.rows).mean)
      }
    },
  ]

  private static let positive = Interval(from: 0, to: .infinity)

  private static func mean(_ measure: Measure) -> @Sendable (Evidence) -> Measurement? {
    { Measurement(moments: $0.cell[measure]) }
  }

  /// How many more rows of versicolor and virginica are confused with each other than without poison.
  ///
  /// Errors are of two kinds, these and those with setosa. Of all errors the change is known seed by seed, of
  /// those with setosa only how many there are: so its standard deviation is at most
  ///
  ///     sd(rise of all) + sd(with setosa) + sd(with setosa, clean)
  ///
  /// which is taken for it.
  private static func risingConfusion(_ evidence: Evidence) -> RunningMoments? {
    let (cell, clean) = (evidence.cell, evidence.clean)
    let all = cell.accuracyDrop
    guard all.count == cell.tally.seedCount, all.count == clean.tally.seedCount else { return nil }
    let deviation = [all, cell.setosaConfusion, clean.setosaConfusion]
      .reduce(0) { $0 + ($1.standardDeviation ?? 0) }
    return RunningMoments(
      count: all.count, mean: cell.speciesConfusion - clean.speciesConfusion,
      squares: deviation * deviation * Double(max(all.count - 1, 0)))
  }
}

extension CellSummary {
  /// The share of validation rows of versicolor or virginica that were predicted as the other.
  fileprivate var speciesConfusion: Double { Double(confused(1, 2)) / Double(confusion.total) }

  /// The share of rows that confuse setosa with another class.
  ///
  /// How many do is known of all seeds together; a seed of m rows with c such adds c² ≤ m·c to the squares,
  /// and that bound is taken for them. So intervals are rather too wide.
  fileprivate var setosaConfusion: RunningMoments {
    let (count, rows) = (confused(0, 1) + confused(0, 2), confusion.total / max(tally.seedCount, 1))
    return RunningMoments(
      count: tally.seedCount, sum: count, squareSum: count * rows, divisor: rows)
  }

  private func confused(_ a: Int, _ b: Int) -> Int { confusion[a, b] + confusion[b, a] }
}
