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
  /// Measures a cell against the clean cell of the same model.
  let measure: Measuring

  typealias Measuring = @Sendable (_ cell: CellSummary, _ clean: CellSummary) -> Measurement

  /// What was measured, and what it says of the claim for this model.
  struct Measurement {
    let text: String
    let outcome: ClaimOutcome
  }
}

/// What a measurement says of a claim.
public enum ClaimOutcome: String, Sendable, Encodable {
  /// The claim holds.
  case holds
  /// The claim does not hold.
  case fails = "false"
  /// The interval of the measurement allows both.
  case undecided

  init(_ holds: Bool) { self = holds ? .holds : .fails }

  /// Whether a number known to lie in `interval` lies in `claimed`.
  init(_ interval: Interval?, isInside claimed: Interval) {
    guard let interval else {
      self = .undecided
      return
    }
    self = interval.isInside(claimed) ? .holds : interval.overlaps(claimed) ? .undecided : .fails
  }
}

extension Claim {
  /// All claimed outcomes of the study, in its order.
  static let all = [
    Claim(
      share: 0, statement: "accuracy about 95 %",
      reading: "mean accuracy from 93 to 97 %",
      measure: accuracy(from: 0.93, to: 0.97)),
    Claim(
      share: 0, statement: "clean decision boundaries",
      reading: "below 0.5 % of rows confuse setosa with another class",
      measure: { cell, _ in
        let share = confusedShare(cell, 0, 1) + confusedShare(cell, 0, 2)
        return Measurement(
          text: "\(Numbers.percent(share)) %", outcome: ClaimOutcome(share < 0.005))
      }),
    Claim(
      share: 0.05, statement: "accuracy drops by 2-4 %",
      reading: "the paired drop is 2…4 points",
      measure: drop(.accuracyDrop, inside: Interval(from: 0.02, to: 0.04))),
    Claim(
      share: 0.05, statement: "some confusion versicolor/virginica",
      reading: "above 1 % of rows confuse the two (at 0 % in brackets)",
      measure: { cell, clean in
        let share = confusedShare(cell, 1, 2)
        return Measurement(
          text: "\(Numbers.percent(share)) % (\(Numbers.percent(confusedShare(clean, 1, 2))))",
          outcome: ClaimOutcome(share > 0.01))
      }),
    Claim(
      share: 0.10, statement: "noticeable degradation",
      reading: "the paired drop is above 1 point",
      measure: drop(.accuracyDrop, inside: Interval(from: 0.01, to: .infinity))),
    Claim(
      share: 0.10, statement: "noisier confusion matrix",
      reading: "more rows off the diagonal than at 0 % (in brackets)",
      measure: { cell, clean in
        let (share, before) = (1 - cell.accuracy.mean, 1 - clean.accuracy.mean)
        return Measurement(
          text: "\(Numbers.percent(share)) % (\(Numbers.percent(before)))",
          outcome: ClaimOutcome(cell.accuracyDrop.interval(), isInside: positive))
      }),
    Claim(
      share: 0.10, statement: "F1 drops significantly",
      reading: "the paired drop of macro-F1 is above 0, at 95 % confidence",
      measure: drop(.macroF1Drop, inside: positive)),
    Claim(
      share: 0.50, statement: "accuracy collapses to about 33 %",
      reading: "mean accuracy from 28 to 38 %",
      measure: accuracy(from: 0.28, to: 0.38)),
    Claim(
      share: 0.50, statement: "unstable predictions",
      reading: "the sd of accuracy over seeds at least doubles (at 0 % in brackets)",
      measure: { cell, clean in
        let deviation = cell.accuracy.standardDeviation ?? 0
        let before = clean.accuracy.standardDeviation ?? 0
        return Measurement(
          text: "\(Numbers.percent(deviation)) % (\(Numbers.percent(before)))",
          outcome: ClaimOutcome(deviation >= 2 * before && deviation > 0))
      }),
  ]

  private static let positive = Interval(from: .leastNonzeroMagnitude, to: .infinity)

  /// The share of validation rows of either class that were predicted as the other.
  private static func confusedShare(_ cell: CellSummary, _ a: Int, _ b: Int) -> Double {
    let confused = cell.confusion[a, b] + cell.confusion[b, a]
    return Double(confused) / Double(max(cell.confusion.total, 1))
  }

  /// The mean accuracy, in a range or not.
  private static func accuracy(from lower: Double, to upper: Double) -> Measuring {
    { cell, _ in
      Measurement(
        text: "\(Numbers.percent(cell.accuracy.mean)) %",
        outcome: ClaimOutcome(
          cell.accuracy.interval(), isInside: Interval(from: lower, to: upper)))
    }
  }

  /// A paired drop, in a range or not.
  private static func drop(_ measure: Measure, inside range: Interval) -> Measuring {
    { cell, _ in
      let interval = cell[measure].interval()
      return Measurement(
        text:
          "\(Numbers.percent(cell[measure].mean)) ± \(Numbers.percent(interval?.halfWidth ?? 0))",
        outcome: ClaimOutcome(interval, isInside: range))
    }
  }
}
