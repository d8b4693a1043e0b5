package import Analyses
import Foundation
package import Poisoning
package import Statistics
import Sweeps

extension Table {
  /// One field of a table.
  package struct Value: Sendable, Equatable, ExpressibleByStringInterpolation {
    enum Content: Sendable, Equatable {
      case missing
      case text(String)
      case number(Double)
      /// From one number to another.
      case range(Interval)
      /// A number and what it is off by.
      case spread(Double, Double?)
      case estimate(Double, Interval)
      /// Numbers side by side.
      case numbers([Double])
    }

    let content: Content

    /// What people see in its place.
    let label: String?

    /// A sign behind it, such as a star.
    private(set) var mark = ""

    /// The number, where it is one and no more.
    var number: Double? {
      if case .number(let number) = content { number } else { nil }
    }

    private init(_ content: Content, label: String? = nil) {
      (self.content, self.label) = (content, label)
    }

    /// A text.
    package init(stringLiteral text: String) { self.init(.text(text)) }

    /// Nothing.
    package static let missing = Value(.missing)

    /// What cannot be known.
    package static let unknown = Value(.missing, label: "–")

    /// A text.
    package static func text(_ text: String) -> Value { Value(.text(text)) }

    /// A number; nothing for nil.
    package static func number(_ number: Double?) -> Value {
      number.map { Value(.number($0)) } ?? .missing
    }

    /// A whole number.
    package static func count(_ count: Int) -> Value { Value(.number(Double(count))) }

    /// The probability of a test.
    package static func probability(_ probability: Double) -> Value {
      Value(.number(probability), label: Numbers.probability(probability))
    }

    /// A poison level.
    package static func level(_ level: PoisonLevel) -> Value {
      Value(.number(level.share), label: level.description)
    }

    /// The mean of moments; nothing without any.
    package static func mean(_ moments: RunningMoments) -> Value {
      moments.count > 0 ? .number(moments.mean) : .missing
    }

    /// A mean with half the width of its 95 % interval, or with both ends where they are not as far away;
    /// `–` without any.
    package static func halfWidth(_ moments: RunningMoments) -> Value {
      let value = spread(moments, moments.halfWidth())
      return moments.isLopsided ? value.shown(as: Numbers.meanAndHalfWidth(moments)) : value
    }

    /// A mean with what it is off by; `–` without any.
    package static func spread(_ moments: RunningMoments, _ deviation: Double?) -> Value {
      moments.count > 0 ? Value(.spread(moments.mean, deviation)) : .unknown
    }

    /// An interval; `–` for none.
    package static func interval(_ interval: Interval?) -> Value {
      interval.map { Value(.range($0)) } ?? .unknown
    }

    /// An estimate with its interval; `–` for none.
    ///
    /// `label` is what people see in its place.
    package static func estimate(_ estimate: Estimate?, label: String? = nil) -> Value {
      estimate.map { Value(.estimate($0.value, $0.interval), label: label) } ?? .unknown
    }

    /// Numbers side by side.
    package static func numbers(_ numbers: [Double]) -> Value { Value(.numbers(numbers)) }

    /// The value with another text for people.
    package func shown(as label: String) -> Value { Value(content, label: label) }

    /// The value with a sign behind it.
    package func marked(_ mark: String) -> Value {
      var value = self
      value.mark = mark
      return value
    }
  }
}
