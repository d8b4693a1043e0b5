public import LinAlg

/// A shift and a scale for each feature, fitted to some rows and applicable to others.
public struct Scaler: Sendable, Equatable {
  /// What is subtracted from each of the d features.
  public let center: [Double]

  /// What each feature is then divided by; 1 where the fitted rows show no spread.
  public let scale: [Double]

  /// The largest magnitude of features, before and after scaling.
  ///
  /// Readers of files refuse larger ones, and a scaler gives these instead. Solvers divide products of
  /// two sums of squares: fourth powers, here 1e200, leave room for n·d of them and for C².
  public static let largestMagnitude = 1e50

  /// Fits a scaler to the columns of an n × d matrix.
  ///
  /// - `none`: center 0, scale 1.
  /// - `standard`: mean m = Σx/n and deviation s = √v, v = (Σ(x − m)² − (Σ(x − m))²/n) / n.
  ///   Scale 1 if v ≤ n·ε·v + (n·m·ε)², the bound within which a constant column may fall.
  /// - `robust`: the median and 1.4826 times the median of |x − median|, which estimates the
  ///   deviation of a normal distribution. Scale 1 if the latter median is 0.
  ///
  /// Without rows, center 0 and scale 1. A column with a NaN or infinity has unspecified center
  /// and scale, NaN among them.
  /// - Complexity: O(n·d); for `robust` O(n·d·log n).
  ///
  /// Numerics: the two passes of `standard` work on the column over a power of two near its
  /// greatest magnitude, so neither centre nor scale overflows or underflows before its value
  /// does. The relative error of v is about n·ε + (n·ε·m)²/v.
  ///
  /// Source: Chan, Golub, LeVeque, "Algorithms for computing the sample variance: analysis and
  /// recommendations", American Statistician 37 (1983), equation 1.7; its bound as in
  /// scikit-learn 1.9.1, `_is_constant_feature`. Rousseeuw, Croux, "Alternatives to the median
  /// absolute deviation", JASA 88 (1993), equation 1.1.
  public init(_ kind: ScalerKind, fittedTo matrix: Matrix<Double>) {
    var center = [Double](repeating: 0, count: matrix.columns)
    var scale = [Double](repeating: 1, count: matrix.columns)
    if kind != .none, matrix.rows > 0 {
      for column in 0..<matrix.columns {
        let values = (0..<matrix.rows).map { matrix[$0, column] }
        (center[column], scale[column]) =
          kind == .standard ? Self.meanAndDeviation(values) : Self.medianAndDeviation(values)
      }
    }
    (self.center, self.scale) = (center, scale)
  }

  /// The matrix with (x − center) / scale for every element x, at most `largestMagnitude` in size.
  ///
  /// - Precondition: `matrix` has as many columns as the fitted one.
  /// - Complexity: O(n·d).
  public func transform(_ matrix: Matrix<Double>) -> Matrix<Double> {
    precondition(
      matrix.columns == center.count,
      "A scaler of \(center.count) features applied to a \(matrix.rows) × \(matrix.columns) matrix")
    var scaled = matrix
    for row in 0..<matrix.rows {
      scaled.withMutableRow(row) { values in
        for column in values.indices {
          values[column] = Self.bounded((values[column] - center[column]) / scale[column])
        }
      }
    }
    return scaled
  }

  /// A scaled number, brought within the largest magnitude; NaN stays.
  private static func bounded(_ value: Double) -> Double {
    abs(value) > largestMagnitude ? (value < 0 ? -largestMagnitude : largestMagnitude) : value
  }

  private static func meanAndDeviation(_ values: [Double]) -> (Double, Double) {
    let n = Double(values.count)
    let unit = powerOfTwo(near: values.reduce(0) { max($0, abs($1)) })
    var sum = 0.0
    for value in values { sum += value / unit }
    let mean = sum / n
    var (squares, correction) = (0.0, 0.0)
    for value in values {
      let deviation = value / unit - mean
      squares += deviation * deviation
      correction += deviation
    }
    let variance = (squares - correction * correction / n) / n
    let floor = n * mean * .ulpOfOne
    let isConstant = variance <= n * .ulpOfOne * variance + floor * floor
    return (mean * unit, isConstant ? 1 : variance.squareRoot() * unit)
  }

  /// The power of two just below a greatest magnitude, within limits that keep it normal.
  ///
  /// Dividing by it is exact save where it leads into subnormal numbers.
  static func powerOfTwo(near greatest: Double) -> Double {
    guard greatest > 0, greatest.isFinite else { return 1 }
    let exponent = min(max(Int(greatest.exponent), -1000), 1000)
    return Double(sign: .plus, exponent: exponent, significand: 1)
  }

  static func medianAndDeviation(_ values: [Double]) -> (Double, Double) {
    let center = median(values)
    // 1 / Φ⁻¹(3/4), for consistency at the normal distribution.
    let spread = 1.482_602_218_505_601_8 * median(values.map { abs($0 - center) })
    // Infinite where most values lie at both ends of the range.
    return (center, spread == 0 ? 1 : min(spread, .greatestFiniteMagnitude))
  }

  /// The middle value, or the mean of the two middle ones.
  static func median(_ values: [Double]) -> Double {
    let sorted = values.sorted()
    let (lower, upper) = (sorted[(values.count - 1) / 2], sorted[values.count / 2])
    // Halved first only where the sum would overflow: halves of subnormal numbers are inexact.
    let sum = lower + upper
    return sum.isFinite ? sum / 2 : lower / 2 + upper / 2
  }
}

extension Dataset {
  /// Checks that all features can be scaled to numbers whose powers are finite, once gaps are filled.
  ///
  /// - Throws: `DatasetsError.featureOutOfRange`.
  /// - Complexity: O(n·d).
  public func requireScalable() throws(DatasetsError) {
    let gaps = Set(encoding?.gapColumns ?? [])
    let isFine = { (place: Int, value: Double) in
      abs(value) <= Scaler.largestMagnitude || value.isNaN && gaps.contains(place % featureCount)
    }
    let elements = features.elements
    guard let place = elements.indices.first(where: { !isFine($0, elements[$0]) }) else { return }
    throw .featureOutOfRange(
      row: place / featureCount, feature: featureNames[place % featureCount],
      value: features.elements[place])
  }
}
