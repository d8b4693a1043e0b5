import Foundation

/// A number and its derivatives by up to eight parameters.
struct Dual {
  var value: Double
  var slopes: SIMD8<Double>

  /// A constant.
  init(_ value: Double) {
    (self.value, slopes) = (value, SIMD8(repeating: 0))
  }

  private init(_ value: Double, _ slopes: SIMD8<Double>) {
    (self.value, self.slopes) = (value, slopes)
  }

  /// Parameter `index` of a list.
  init(_ value: Double, parameter index: Int) {
    self.init(value)
    slopes[index] = 1
  }

  static func + (a: Dual, b: Dual) -> Dual { Dual(a.value + b.value, a.slopes + b.slopes) }

  static func - (a: Dual, b: Dual) -> Dual { Dual(a.value - b.value, a.slopes - b.slopes) }

  static func * (a: Dual, b: Dual) -> Dual {
    Dual(a.value * b.value, a.slopes * b.value + b.slopes * a.value)
  }

  static func / (a: Dual, b: Dual) -> Dual {
    let quotient = a.value / b.value
    return Dual(quotient, (a.slopes - b.slopes * quotient) / b.value)
  }

  static prefix func - (a: Dual) -> Dual { Dual(-a.value, -a.slopes) }

  /// eᵃ.
  static func exp(_ a: Dual) -> Dual {
    let power = Foundation.exp(a.value)
    return Dual(power, a.slopes * power)
  }

  /// ln a.
  static func log(_ a: Dual) -> Dual { Dual(Foundation.log(a.value), a.slopes / a.value) }

  /// aᵇ for a > 0.
  static func pow(_ a: Dual, _ b: Dual) -> Dual { exp(b * log(a)) }
}
