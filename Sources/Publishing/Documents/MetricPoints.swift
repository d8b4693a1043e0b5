import Analyses
import Models
import Poisoning
import Reporting
import Statistics
import Sweeps
import Tracking

/// Metrics of fits and cells by the names MLflow itself uses.
enum MetricPoints {
  /// The metrics of predictions, under a prefix such as `test`.
  static func of(
    _ confusion: ConfusionMatrix, logLoss: Double?, prefix: String
  ) -> [Metric] {
    let k = confusion.classCount
    // Over the classes that occur, as for F1; 0 where one has no rows, or is never said.
    let occurring = (0..<k).filter { confusion.f1($0) != nil }
    let mean = { (value: (Int) -> Double?) in
      occurring.reduce(0) { $0 + (value($1) ?? 0) } / Double(max(occurring.count, 1))
    }
    var points = [
      Metric("\(prefix)_accuracy_score", confusion.accuracy),
      Metric("\(prefix)_f1_score", confusion.macroF1),
      Metric("\(prefix)_precision_score", mean(confusion.precision)),
      Metric("\(prefix)_recall_score", mean(confusion.recall)),
      Metric("\(prefix)_example_count", Double(confusion.total)),
    ]
    if let logLoss { points.append(Metric("\(prefix)_log_loss", logLoss)) }
    return points
  }

  /// What came of an attack, and how well defences told poisoned rows from others, in one fit.
  static func of(_ fit: FitTally) -> [Metric] {
    Measure.allCases.filter { $0.subject != .fit }.compactMap { measure in
      measure.value(of: fit).map { Metric(measure.metric, $0) }
    }
  }

  /// The metrics of a cell over its seeds.
  ///
  /// `accuracies` are those of all seeds, ascending.
  static func of(_ cell: CellSummary, accuracies: [Double]) -> [Metric] {
    var points = cell.measures.flatMap { moments($0.measure.metric, $0.moments) }
    for (name, share) in [("min", 0), ("q05", 0.05), ("median", 0.5), ("q95", 0.95), ("max", 1)] {
      guard !accuracies.isEmpty else { continue }
      // The smallest value that at least this share of the seeds does not exceed.
      let rank = max(0, Int((share * Double(accuracies.count)).rounded(.up)) - 1)
      points.append(Metric("test_accuracy_score_\(name)", accuracies[rank]))
    }
    points.append(Metric("unconverged_fits", Double(cell.unconvergedCount)))
    return points
  }

  /// Mean, deviation and the 95 % interval of the mean, as far as there are any.
  static func moments(
    _ key: String, _ moments: RunningMoments, suffix: String = "", step: Int = 0
  ) -> [Metric] {
    guard moments.count > 0 else { return [] }
    let interval = moments.interval()
    let values: [(String, Double?)] = [
      ("mean", moments.mean), ("std", moments.standardDeviation), ("ci95_low", interval?.lower),
      ("ci95_high", interval?.upper),
    ]
    return values.compactMap { name, value in
      value.map { Metric("\(key)_\(name)\(suffix)", $0, step: step) }
    }
  }
}

extension PoisonAnswer {
  /// The numbers that are finite, with the step that belongs to the share of poisoned rows.
  func points(step: (Double) -> Int) -> [Metric] {
    let place = [attack, model, defense].map(\.asKeyPart).joined(separator: "/")
    var values: [(String, Double?)] = [
      ("accuracy_lost", loss.value), ("accuracy_lost_ci95_low", loss.interval.lower),
      ("accuracy_lost_ci95_high", loss.interval.upper), ("exchange_rate", exchangeRate?.value),
      ("gamma", dilution?.value),
    ]
    if let factor = factor() {
      values += [
        ("recovery_factor", factor.value), ("recovery_factor_ci95_low", factor.interval.lower),
        ("recovery_factor_ci95_high", factor.interval.upper),
      ]
    }
    return values.compactMap { name, value in
      value.flatMap {
        $0.isFinite ? Metric("\(name)/\(place)", $0, step: step(level.share)) : nil
      }
    }
  }
}

extension String {
  /// A name as part of the key of a metric.
  var asKeyPart: String {
    String(map { $0.isLetter || $0.isNumber || "_-.".contains($0) ? $0 : "_" })
  }
}
