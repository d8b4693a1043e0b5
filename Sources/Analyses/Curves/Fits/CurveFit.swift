import Foundation

/// A curve of a family through points, by weighted least squares.
///
///     minimise  Σ ((yᵢ − f(nᵢ, pᵢ; θ))/SEᵢ)²
///
/// by the method of Levenberg and Marquardt from several starts, of which the one that ends lowest is
/// taken. Parameters are kept within their bounds by what they are functions of.
public struct CurveFit: Sendable, Equatable {
  /// The family.
  public let family: CurveFamily

  /// The levels of the points, ascending.
  public let levels: [Double]

  /// Its parameters, in the order of their letters.
  public let parameters: [Double]

  /// The weighted sum of squares.
  public let squares: Double

  /// The free numbers behind the parameters; none for J3.
  private let free: [Double]

  /// Fits a family to points.
  ///
  /// - Precondition: At least as many points as parameters; for a joint one some at level 0 and some above.
  public init(_ family: CurveFamily, to points: [CurvePoint]) {
    self.init(family, points) { problem in
      problem.minimize(
        near: Self.start(family, points), seed: CurveFamily.joint.contains(family) ? 1 : 0)
    }
  }

  /// Fits the family of a curve to other points near its own, from where that curve ended.
  public init(_ curve: CurveFit, refittedTo points: [CurvePoint]) {
    self.init(curve.family, points) { problem in
      problem.minimize(from: curve.free, steps: LevenbergMarquardt.nearSteps)
    }
  }

  private init(
    _ family: CurveFamily, _ points: [CurvePoint],
    _ descent: (LevenbergMarquardt) -> LevenbergMarquardt.End
  ) {
    let levels = Set(points.map(\.level)).sorted()
    let count = family.letters(levels: levels).count
    precondition(
      points.count >= count
        && (!CurveFamily.joint.contains(family) || levels.first == 0 && levels.count > 1),
      "\(family.rawValue) has \(count) parameters for \(points.count) points at levels \(levels)")
    (self.family, self.levels) = (family, levels)
    guard family != .levels else {
      (parameters, squares) = LevelCurves(points, levels: levels).minimize()
      free = []
      return
    }
    let bounded = { family.bounded($0, largestLevel: levels[levels.count - 1]) }
    let problem = LevenbergMarquardt(points) { free in
      let parameters = bounded(free)
      return { family.evaluate($0.rows, $0.level, parameters) }
    }
    (free, squares) = descent(problem)
    parameters = bounded(free.map { Dual($0) }).map(\.value)
  }

  /// The fewest rows up to a limit at which the curve is at an accuracy; ∞ where it is not there by then.
  ///
  /// The search begins at `least` rows and takes the curve to rise.
  /// - Precondition: `1 < least < limit`.
  public func rows(reaching target: Double, from least: Double, to limit: Double) -> Double {
    precondition(least > 1 && least < limit, "No search from \(least) to \(limit) rows")
    guard accuracy(rows: limit) >= target else { return .infinity }
    var (low, high) = (log(least), log(limit))
    for _ in 0..<60 {
      let middle = (low + high) / 2
      if accuracy(rows: exp(middle)) < target { low = middle } else { high = middle }
    }
    return exp(high)
  }

  /// The accuracy at n rows of which a level is poisoned; beyond the largest n that was fitted, a guess.
  ///
  /// - Precondition: J3 knows the levels of its points alone.
  public func accuracy(rows: Double, level: Double = 0) -> Double {
    guard family == .levels else { return family.value(rows, level: level, parameters) }
    let place = place(level)
    return parameters[1 + 2 * place] - parameters[2 + 2 * place] * pow(rows, -parameters[0])
  }

  /// The accuracy that a curve of rows alone approaches as sets grow; 1 for log2, which grows without end.
  public var asymptote: Double { family == .log2 ? 1 : parameters[0] }

  /// The accuracy that is approached at a level of a joint curve: a, a − δ·p^r or a(p).
  public func asymptote(level: Double) -> Double {
    family == .levels ? parameters[1 + 2 * place(level)] : parameters[0] - lasting(level: level)
  }

  /// What a level costs however many rows there are: 0, δ·p^r or a(0) − a(p), which is no gain.
  public func lasting(level: Double) -> Double {
    switch family {
    case .bias: level > 0 ? parameters[5] * pow(level, parameters[6]) : 0
    case .levels: max(0, parameters[1] - parameters[1 + 2 * place(level)])
    default: 0
    }
  }

  /// Whether sizes from `least` to `most` rows tell what is approached at a level, an accuracy that is known
  /// to be at most `highest`: what lies beyond them is no more than what was gained over all of them, or half a
  /// point, and the curve does not end at its bound, 1, where it was not.
  func tellsAsymptote(
    level: Double = 0, highest: Double, from least: Double, to most: Double
  ) -> Bool {
    let (first, last) = (accuracy(rows: least, level: level), accuracy(rows: most, level: level))
    let value = levels.count > 1 ? asymptote(level: level) : asymptote
    let isAtBound = value > 1 - 1e-6 && last < 1 - Self.margin
    return !isAtBound && highest - last <= max(last - first, Self.margin)
  }

  private static let margin = 0.005

  private func place(_ level: Double) -> Int {
    guard let place = levels.firstIndex(of: level) else {
      preconditionFailure("Level \(level) is none of \(levels)")
    }
    return place
  }

  /// Free numbers of a curve that roughly passes the points.
  private static func start(_ family: CurveFamily, _ points: [CurvePoint]) -> [Double] {
    let accuracies = points.map(\.accuracy)
    let (low, high) = (accuracies.min() ?? 0, accuracies.max() ?? 1)
    let least = points.map(\.rows).min() ?? 2
    let largest = points.map(\.level).max() ?? 0.5
    let spread = max(high - low, 1e-3)
    let ceiling = log(max(1 - high - 0.1 * spread, 1e-4))
    let power = [ceiling, log(spread) + 0.5 * log(least), log(0.5)]
    return switch family {
    case .last1: [log(max(1 - (low + high) / 2, 1e-6))]
    case .log2: [log(max(1 - low, 1e-4)), log(spread / 4)]
    case .ilog2: [ceiling, log(spread * log(least))]
    case .pow3: power
    case .pow4: power + [0]
    case .exp3: [ceiling, log(spread), -log(least) - 1]
    case .exp4: [ceiling, log(2 * spread), -0.5 * log(least), log(0.5)]
    case .mmf4: [ceiling, 0.7 * log(least), low - spread, log(0.7)]
    // κ = 1, where poisoned rows are as good as none.
    case .dilution, .levels: power + [log(largest / (1 - largest)), 0]
    case .bias: power + [log(largest / (1 - largest)), 0, log(0.2 * spread), 0]
    }
  }
}
