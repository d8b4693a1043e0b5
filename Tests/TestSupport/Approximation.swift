/// Distance between two doubles in units of the last place: 0 for equal, 1 for neighbours.
///
/// Numbers of opposite sign are counted through zero; two NaNs are 0 apart, one NaN is maximal.
public func ulpDistance(_ a: Double, _ b: Double) -> UInt64 {
  if a.isNaN || b.isNaN { return a.isNaN && b.isNaN ? 0 : .max }
  // Maps the order of doubles onto the order of integers.
  func rank(_ x: Double) -> Int64 {
    let bits = Int64(bitPattern: x.bitPattern)
    return bits < 0 ? Int64.min &- bits : bits
  }
  return UInt64(bitPattern: max(rank(a), rank(b)) &- min(rank(a), rank(b)))
}

/// The worst disagreement between two sequences of numbers.
public struct Disagreement: CustomStringConvertible {
  /// Where it is, or nil when the sequences are equal.
  public let index: Int?
  /// The two values there.
  public let values: (Double, Double)
  /// Their absolute difference; infinite when the lengths differ or one value is not a number.
  public let magnitude: Double

  /// Compares element by element.
  public init(_ actual: some Sequence<Double>, _ expected: some Sequence<Double>) {
    let (a, b) = (Array(actual), Array(expected))
    var worst: (index: Int?, magnitude: Double) = (nil, a.count == b.count ? 0 : .infinity)
    for (index, pair) in zip(a, b).enumerated() where pair.0 != pair.1 {
      let difference = abs(pair.0 - pair.1)
      let magnitude = difference.isNaN ? .infinity : difference
      if magnitude > worst.magnitude { worst = (index, magnitude) }
    }
    index = worst.index
    magnitude = worst.magnitude
    values = worst.index.map { (a[$0], b[$0]) } ?? (.nan, .nan)
  }

  /// The place, both values and the difference.
  public var description: String {
    guard let index else { return magnitude == 0 ? "equal" : "different lengths" }
    return "[\(index)]: \(values.0) against \(values.1), \(magnitude) apart"
  }
}
