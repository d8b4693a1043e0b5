/// A form that accuracy can take as a function of the number of rows n and the share p that is poisoned.
///
///     J1   a − b·(n·(1 − κp)^γ)^−c                poison dilutes: more rows make up for it
///     J2   a − b·(n·(1 − κp)^γ)^−c − δ·p^r        and takes something that no number of rows gives back
///     J3   a(p) − b(p)·n^−c                        each level has a curve of its own, of one speed
///
/// b, c, κ, γ, δ and r are above 0, a is at most 1, and κp stays below 1 at the largest level.
public enum JointFamily: String, CaseIterable, Sendable, Encodable {
  case dilution = "J1"
  case bias = "J2"
  case levels = "J3"

  /// Number of parameters for so many levels, none among them.
  public func parameterCount(levels: Int) -> Int {
    switch self {
    case .dilution: 5
    case .bias: 7
    case .levels: 1 + 2 * levels
    }
  }

  /// The letters of the parameters; those of J3 stand for each level in turn.
  public func letters(levels: [Double]) -> [String] {
    switch self {
    case .dilution: ["a", "b", "c", "κ", "γ"]
    case .bias: ["a", "b", "c", "κ", "γ", "δ", "r"]
    case .levels: ["c"] + levels.flatMap { ["a(\($0))", "b(\($0))"] }
    }
  }

  /// The accuracy of J1 and J2 in any arithmetic.
  func evaluate(_ n: Double, _ p: Double, _ q: [Dual]) -> Dual {
    let worth = Dual.pow(Dual(1) - q[3] * Dual(p), q[4]) * Dual(n)
    let curve = q[0] - q[1] * Dual.pow(worth, -q[2])
    guard self == .bias, p > 0 else { return curve }
    return curve - q[5] * Dual.pow(Dual(p), q[6])
  }

  /// The parameters of J1 and J2 for free numbers.
  ///
  ///     a = 1 − e^{θ₀},   κ = 1/(p_max·(1 + e^{−θ₃})),   others = e^θ
  func bounded(_ free: [Dual], largestLevel: Double) -> [Dual] {
    free.indices.map { index in
      switch index {
      case 0: Dual(1) - Dual.exp(free[0])
      case 3: Dual(1 / largestLevel) / (Dual(1) + Dual.exp(-free[3]))
      default: Dual.exp(free[index])
      }
    }
  }
}
