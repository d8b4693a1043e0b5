import Models
import Poisoning
import Sweeps

/// One outcome that the study claims for poisoned Iris, and how it is put to the test.
struct Claim: Sendable {
  /// The poison level it speaks of.
  let share: Double
  /// The claim, in the study's words.
  let statement: String
  /// The measurable statement it is read as.
  let reading: String
  /// Measures a cell against the clean cell of the same model.
  let measure: @Sendable (_ cell: CellSummary, _ clean: CellSummary) -> Measurement

  /// What was measured, and whether the claim holds for this model.
  struct Measurement {
    let text: String
    let holds: Bool
  }
}

extension Claim {
  /// All claimed outcomes of the study, in its order.
  static let all = [
    Claim(
      share: 0, statement: "accuracy about 95 %",
      reading: "mean accuracy from 93 to 97 %",
      measure: { cell, _ in
        Measurement(
          text: "\(Numbers.percent(cell.accuracy.mean)) %",
          holds: (0.93...0.97).contains(cell.accuracy.mean))
      }),
    Claim(
      share: 0, statement: "clean decision boundaries",
      reading: "below 0.5 % of rows confuse setosa with another class",
      measure: { cell, _ in
        let share = confusedShare(cell, 0, 1) + confusedShare(cell, 0, 2)
        return Measurement(text: "\(Numbers.percent(share)) %", holds: share < 0.005)
      }),
    Claim(
      share: 0.05, statement: "accuracy drops by 2-4 %",
      reading: "the interval of the paired drop meets 2…4 points",
      measure: { cell, _ in
        let interval = cell.accuracyDrop.interval()
        return Measurement(
          text: drop(cell.accuracyDrop),
          holds: interval?.overlaps(Interval(from: 0.02, to: 0.04)) ?? false)
      }),
    Claim(
      share: 0.05, statement: "some confusion versicolor/virginica",
      reading: "above 1 % of rows confuse the two (at 0 % in brackets)",
      measure: { cell, clean in
        let share = confusedShare(cell, 1, 2)
        return Measurement(
          text: "\(Numbers.percent(share)) % (\(Numbers.percent(confusedShare(clean, 1, 2))))",
          holds: share > 0.01)
      }),
    Claim(
      share: 0.10, statement: "noticeable degradation",
      reading: "the interval of the paired drop lies above 1 point",
      measure: { cell, _ in
        Measurement(
          text: drop(cell.accuracyDrop),
          holds: (cell.accuracyDrop.interval()?.lower ?? 0) > 0.01)
      }),
    Claim(
      share: 0.10, statement: "noisier confusion matrix",
      reading: "more rows off the diagonal than at 0 % (in brackets), beyond chance",
      measure: { cell, clean in
        let (share, before) = (1 - cell.accuracy.mean, 1 - clean.accuracy.mean)
        return Measurement(
          text: "\(Numbers.percent(share)) % (\(Numbers.percent(before)))",
          holds: (cell.accuracyDrop.interval()?.lower ?? 0) > 0)
      }),
    Claim(
      share: 0.10, statement: "F1 drops significantly",
      reading: "the interval of the paired drop of macro-F1 lies above 0",
      measure: { cell, _ in
        Measurement(
          text: drop(cell.macroF1Drop), holds: (cell.macroF1Drop.interval()?.lower ?? 0) > 0)
      }),
    Claim(
      share: 0.50, statement: "accuracy collapses to about 33 %",
      reading: "mean accuracy from 28 to 38 %",
      measure: { cell, _ in
        Measurement(
          text: "\(Numbers.percent(cell.accuracy.mean)) %",
          holds: (0.28...0.38).contains(cell.accuracy.mean))
      }),
    Claim(
      share: 0.50, statement: "unstable predictions",
      reading: "the sd of accuracy over seeds at least doubles (at 0 % in brackets)",
      measure: { cell, clean in
        let deviation = cell.accuracy.standardDeviation ?? 0
        let before = clean.accuracy.standardDeviation ?? 0
        return Measurement(
          text: "\(Numbers.percent(deviation)) % (\(Numbers.percent(before)))",
          holds: deviation >= 2 * before && deviation > 0)
      }),
  ]

  /// The share of validation rows of either class that were predicted as the other.
  private static func confusedShare(_ cell: CellSummary, _ a: Int, _ b: Int) -> Double {
    let confused = cell.confusion[a, b] + cell.confusion[b, a]
    return Double(confused) / Double(max(cell.confusion.total, 1))
  }

  private static func drop(_ moments: RunningMoments) -> String {
    let interval = moments.interval()
    let halfWidth = interval.map { ($0.upper - $0.lower) / 2 } ?? 0
    return "\(Numbers.percent(moments.mean)) ± \(Numbers.percent(halfWidth))"
  }
}
