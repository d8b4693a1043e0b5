import Analyses
import Foundation
import Statistics
import Sweeps

/// Numbers of curves as tables and sentences show them.
enum CurveText {
  /// A share of rows with its interval, such as `+78 % [70, 88]`; `> +850 %` where no size reaches it.
  static func factor(_ factor: Estimate, reach: Double) -> String {
    let ends = factor.interval
    guard factor.value.isFinite else {
      return ends.lower.isFinite
        ? "> +\(percent(reach)) % [\(percent(ends.lower)), –]" : "> +\(percent(reach)) %"
    }
    let upper = ends.upper.isFinite ? percent(ends.upper) : "> \(percent(reach))"
    return "+\(percent(factor.value)) % [\(percent(ends.lower)), \(upper)]"
  }

  /// A number with its interval, such as `8.7 [8.4, 9.0]`.
  private static func bracketed(_ estimate: Estimate, _ text: (Double) -> String) -> String {
    "\(text(estimate.value)) [\(text(estimate.interval.lower)), \(text(estimate.interval.upper))]"
  }

  /// A difference of accuracies with its interval in points.
  static func points(_ estimate: Estimate) -> String {
    bracketed(estimate) { Numbers.percent($0) }
  }

  /// The rows at which accuracy is surely back, such as `+40 %`.
  static func recovered(_ answer: PoisonAnswer) -> String {
    answer.recovered.map { "+\(percent($0)) %" } ?? "> +\(percent(answer.reach)) %"
  }

  /// Whether a defence brings accuracy back, by its p-value.
  static func equivalence(_ answer: PoisonAnswer) -> String {
    answer.equivalence.map { $0 <= 0.05 ? "yes" : "not sure" } ?? "–"
  }

  /// The parameters of a curve by their letters, such as `a 0.983 [0.982, 0.984], b 1.1 [1.0, 1.2]`.
  static func parameters(_ curve: LearningCurve) -> String {
    zip("abcd", curve.parameters).map { letter, estimate in
      "\(letter) "
        + (estimate.isIdentified ? bracketed(estimate) { String(format: "%.3g", $0) } : "–")
    }.joined(separator: ", ")
  }

  /// A share of rows with its interval, for a table.
  static func value(_ factor: Estimate?, _ answer: PoisonAnswer) -> Table.Value {
    .estimate(factor, label: factor.map { self.factor($0, reach: answer.reach) })
  }

  /// A number that may be beyond what was measured, for a table.
  static func value(
    _ estimate: Estimate?, _ decimals: Int, least: Double = -.infinity
  ) -> Table.Value {
    let text = { (value: Double) in
      switch value {
      case .infinity: "∞"
      case -Double.infinity: "-∞"
      case ..<least: "< \(Numbers.fixed(least, decimals))"
      default: Numbers.fixed(value, decimals)
      }
    }
    return .estimate(estimate, label: estimate.map { bracketed($0, text) })
  }

  /// What a cause means for those who could collect more rows.
  static func words(_ cause: PoisonAnswer.Cause?) -> String {
    switch cause {
    case .variance: "helps (variance)"
    case .bias: "does not help (bias)"
    case .open: "open"
    case nil: "little lost"
    }
  }

  /// The families that foresee as well as the one of a curve.
  static func rivals(_ curve: LearningCurve) -> String {
    let names = curve.rivals.dropFirst().map(\.rawValue)
    return names.isEmpty ? "–" : names.joined(separator: ", ")
  }

  /// A share in percent, with a decimal where it is small.
  static func percent(_ share: Double) -> String {
    Numbers.percent(share, share < 0.1 && share > 0 ? 1 : 0)
  }

  /// A number of rows, or more than were there.
  static func rows(_ factor: Double, of base: Int, reach: Double) -> String {
    factor.isFinite
      ? Numbers.grouped(Int((factor * Double(base)).rounded(.up)))
      : "more than \(Numbers.grouped(Int((reach * Double(base)).rounded())))"
  }
}
