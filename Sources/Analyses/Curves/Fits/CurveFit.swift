import Foundation
public import LinAlg

/// A curve of a family through points, by weighted least squares.
///
///     minimise  Σ ((yᵢ − f(nᵢ; θ))/SEᵢ)²
///
/// by the method of Levenberg and Marquardt from several starts, of which the one that ends lowest is
/// taken. Parameters are kept within their bounds by what they are functions of.
public struct CurveFit: Sendable, Equatable {
  /// The family.
  public let family: CurveFamily

  /// Its parameters, in the order of their letters.
  public let parameters: [Double]

  /// The weighted sum of squares.
  public let squares: Double

  /// Whether the best start ended where no step lowers it.
  public let hasConverged: Bool

  /// The free numbers behind the parameters.
  private let free: [Double]

  private static let starts = 48

  /// Fits a family to points.
  ///
  /// - Precondition: At least as many points as parameters.
  public init(_ family: CurveFamily, to points: [CurvePoint], key: RandomKey = .standard) {
    precondition(
      points.count >= family.parameterCount,
      "\(family) has \(family.parameterCount) parameters for \(points.count) points")
    self.init(
      family,
      Self.problem(family, points).minimize(
        fromAll: (0..<Self.starts).map { Self.start(family, points, $0, key) }))
  }

  /// Fits the family of a curve to other points near its own, from where that curve ended.
  public init(_ curve: CurveFit, refittedTo points: [CurvePoint]) {
    self.init(
      curve.family,
      Self.problem(curve.family, points).minimize(
        from: curve.free, steps: LevenbergMarquardt.nearSteps))
  }

  private init(_ family: CurveFamily, _ end: LevenbergMarquardt.End) {
    self.family = family
    free = end.free
    parameters = family.parameters(free)
    (squares, hasConverged) = (end.squares, end.hasConverged)
  }

  /// The fewest rows up to a limit at which the curve is at an accuracy; ∞ where it is not there by then.
  ///
  /// The search begins at `least` rows and takes the curve to rise.
  /// - Precondition: `1 < least < limit`.
  public func rows(reaching target: Double, from least: Double, to limit: Double) -> Double {
    precondition(least > 1 && least < limit, "No search from \(least) to \(limit) rows")
    guard accuracy(at: limit) >= target else { return .infinity }
    var (low, high) = (log(least), log(limit))
    for _ in 0..<60 {
      let middle = (low + high) / 2
      if accuracy(at: exp(middle)) < target { low = middle } else { high = middle }
    }
    return exp(high)
  }

  /// The accuracy at n rows; beyond the largest n that was fitted, a guess.
  public func accuracy(at rows: Double) -> Double { family.value(rows, parameters) }

  /// The accuracy that is approached as sets grow; 1 for log2, which grows without end.
  public var asymptote: Double { family == .log2 ? 1 : parameters[0] }

  /// Free numbers of a curve that roughly passes the points, later ones moved at random.
  private static func start(
    _ family: CurveFamily, _ points: [CurvePoint], _ number: Int, _ key: RandomKey
  ) -> [Double] {
    let accuracies = points.map(\.accuracy)
    let (low, high) = (accuracies.min() ?? 0, accuracies.max() ?? 1)
    let least = points.map(\.rows).min() ?? 2
    let spread = max(high - low, 1e-3)
    let ceiling = log(max(1 - high - 0.1 * spread, 1e-4))
    let free: [Double] =
      switch family {
      case .last1: [log(max(1 - (low + high) / 2, 1e-6))]
      case .log2: [log(max(1 - low, 1e-4)), log(spread / 4)]
      case .ilog2: [ceiling, log(spread * log(least))]
      case .pow3: [ceiling, log(spread) + 0.5 * log(least), log(0.5)]
      case .pow4: [ceiling, log(spread) + 0.5 * log(least), log(0.5), 0]
      case .exp3: [ceiling, log(spread), -log(least) - 1]
      case .exp4: [ceiling, log(2 * spread), -0.5 * log(least), log(0.5)]
      case .mmf4: [ceiling, 0.7 * log(least), low - spread, log(0.7)]
      }
    return LevenbergMarquardt.start(number, near: free, key: key, seed: 0)
  }

  private static func problem(
    _ family: CurveFamily, _ points: [CurvePoint]
  ) -> LevenbergMarquardt {
    LevenbergMarquardt(points) { free in
      let parameters = family.bounded(free)
      return { family.evaluate(Dual($0.rows), parameters) }
    }
  }
}
