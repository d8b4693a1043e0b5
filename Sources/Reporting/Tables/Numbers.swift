import Foundation
package import Statistics

/// Numbers as tables show them.
package enum Numbers {
  /// A number with a fixed count of decimals; −0 is written 0.
  package static func fixed(_ value: Double, _ decimals: Int) -> String {
    let text = String(format: "%.\(decimals)f", value)
    let isZero = text.allSatisfy { "-0.".contains($0) }
    return isZero && text.hasPrefix("-") ? String(text.dropFirst()) : text
  }

  /// A share as percent, such as `95.52`.
  package static func percent(_ share: Double, _ decimals: Int = 2) -> String {
    fixed(share * 100, decimals)
  }

  /// Both ends of an interval of shares as percent, such as `95.35…95.69`.
  package static func percent(_ interval: Interval?, _ decimals: Int = 2) -> String {
    guard let interval else { return "–" }
    return "\(percent(interval.lower, decimals))…\(percent(interval.upper, decimals))"
  }

  /// A mean of shares with half the width of its 95 % interval, as percent, such as `7.87 ± 0.12`, or with
  /// both ends where they are not as far away, such as `100.00 [99.92, 100.00]`; `–` for what there is none of.
  package static func meanAndHalfWidth(_ moments: RunningMoments) -> String {
    guard moments.count > 0 else { return "–" }
    if moments.isLopsided, let ends = moments.interval() {
      return "\(percent(moments.mean)) [\(percent(ends.lower)), \(percent(ends.upper))]"
    }
    return "\(percent(moments.mean)) ± \(moments.halfWidth().map { percent($0) } ?? "–")"
  }

  /// A whole number with thousands set apart, such as `16,000`.
  package static func grouped(_ value: Int) -> String {
    let digits = Array(String(value.magnitude))
    let groups = stride(from: digits.count, to: 0, by: -3).map { end in
      String(digits[max(0, end - 3)..<end])
    }
    return (value < 0 ? "-" : "") + groups.reversed().joined(separator: ",")
  }

  /// A probability as tests report it, such as `0.031` or `< 0.0001`.
  static func probability(_ value: Double) -> String {
    value < 0.0001 ? "< 0.0001" : fixed(value, value < 0.01 ? 4 : 3)
  }
}

extension RunningMoments {
  /// Whether the ends of the 95 % interval are not as far from the mean, as two decimals of percent show it.
  var isLopsided: Bool {
    interval().map { abs(($0.upper - mean) - (mean - $0.lower)) > 1e-4 } ?? false
  }
}
