import Foundation
public import LinAlg

/// A joint curve of rows and poison through points, by weighted least squares.
public struct JointFit: Sendable, Equatable {
  /// The form.
  public let family: JointFamily

  /// The levels of the points, ascending.
  public let levels: [Double]

  /// Its parameters, in the order of their letters.
  public let parameters: [Double]

  /// The weighted sum of squares.
  public let squares: Double

  /// The free numbers behind the parameters; none for J3.
  private let free: [Double]

  private static let starts = 48

  /// Fits a form to points.
  ///
  /// - Precondition: At least as many points as parameters, some at level 0 and some above.
  public init(_ family: JointFamily, to points: [CurvePoint], key: RandomKey = .standard) {
    self.init(family, points) { problem, levels in
      problem.minimize(
        fromAll: (0..<Self.starts).map { Self.start(family, points, levels, $0, key) })
    }
  }

  /// Fits the form of a curve to other points near its own, from where that curve ended.
  public init(_ curve: JointFit, refittedTo points: [CurvePoint]) {
    self.init(curve.family, points) { problem, _ in
      problem.minimize(from: curve.free, steps: LevenbergMarquardt.nearSteps)
    }
  }

  private init(
    _ family: JointFamily, _ points: [CurvePoint],
    _ descent: (LevenbergMarquardt, [Double]) -> LevenbergMarquardt.End
  ) {
    let levels = Set(points.map(\.level)).sorted()
    let count = family.parameterCount(levels: levels.count)
    precondition(
      points.count >= count && levels.first == 0 && levels.count > 1,
      "\(family.rawValue) has \(count) parameters for \(points.count) points at levels \(levels)")
    (self.family, self.levels) = (family, levels)
    guard family != .levels else {
      (parameters, squares) = LevelCurves(points, levels: levels).minimize()
      free = []
      return
    }
    let largest = levels[levels.count - 1]
    let problem = LevenbergMarquardt(points) { free in
      let parameters = family.bounded(free, largestLevel: largest)
      return { family.evaluate($0.rows, $0.level, parameters) }
    }
    let end = descent(problem, levels)
    free = end.free
    parameters = family.bounded(end.free.map { Dual($0) }, largestLevel: largest).map(\.value)
    squares = end.squares
  }

  /// The accuracy at n rows of which a level that was fitted is poisoned.
  ///
  /// - Precondition: J3 knows its own levels alone.
  public func accuracy(rows: Double, level: Double) -> Double {
    guard family == .levels else {
      return family.evaluate(rows, level, parameters.map { Dual($0) }).value
    }
    let place = place(level)
    return parameters[1 + 2 * place] - parameters[2 + 2 * place] * pow(rows, -parameters[0])
  }

  /// What a level costs however many rows there are: 0, δ·p^r or a(0) − a(p).
  public func lasting(level: Double) -> Double {
    switch family {
    case .dilution: 0
    case .bias: level > 0 ? parameters[5] * pow(level, parameters[6]) : 0
    case .levels: parameters[1] - parameters[1 + 2 * place(level)]
    }
  }

  private func place(_ level: Double) -> Int {
    guard let place = levels.firstIndex(of: level) else {
      preconditionFailure("Level \(level) is none of \(levels)")
    }
    return place
  }

  /// Free numbers of a curve that roughly passes the points, later ones moved at random.
  private static func start(
    _ family: JointFamily, _ points: [CurvePoint], _ levels: [Double], _ number: Int,
    _ key: RandomKey
  ) -> [Double] {
    let accuracies = points.map(\.accuracy)
    let (low, high) = (accuracies.min() ?? 0, accuracies.max() ?? 1)
    let least = points.map(\.rows).min() ?? 2
    let spread = max(high - low, 1e-3)
    let largest = levels.last ?? 0.5
    // κ = 1, where poisoned rows are as good as none.
    var free = [
      log(max(1 - high - 0.1 * spread, 1e-4)), log(spread) + 0.5 * log(least), log(0.5),
      log(largest / (1 - largest)), 0,
    ]
    if family == .bias { free += [log(0.2 * spread), 0] }
    return LevenbergMarquardt.start(number, near: free, key: key, seed: 1)
  }
}
