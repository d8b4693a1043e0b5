import Analyses
import Poisoning
import Statistics
import Sweeps
import Tracking

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
