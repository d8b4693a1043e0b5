/// A form that accuracy can take as a function of the number of training rows n and, where it is joint, of
/// the share p of them that is poisoned.
///
///     pow3   a − b·n^−c                 pow4   a − b·(n + d)^−c
///     exp3   a − b·e^(−cn)              exp4   a − b·e^(−c·n^d)
///     mmf4   (c·b + a·n^d)/(b + n^d)
///     log2   a + b·ln n                 ilog2  a − b/ln n
///     last1  a
///     J1     a − b·(n·(1 − κp)^γ)^−c                poison dilutes: more rows make up for it
///     J2     a − b·(n·(1 − κp)^γ)^−c − δ·p^r        and takes something that no number of rows gives back
///     J3     a(p) − b(p)·n^−c                       each level has a curve of its own, of one speed
///
/// a, what is approached for large n, is at most 1, and κp stays below 1 at the largest level. All others are
/// above 0, but for the c of mmf4, its value at 0, which is free. log2 grows without end: its a is the value
/// at 1. The expd3 and wbl4 of the source are exp3 and exp4 with other letters, so they are not there twice.
///
/// Source: Mohr, Viering, Loog, van Rijn, "LCDB 1.0: an extensive learning curves database for
/// classification tasks", ECML PKDD 2022, table 1, of the forms of rows alone.
public enum CurveFamily: String, Sendable, Encodable {
  case last1, log2, ilog2, pow3, exp3, pow4, exp4, mmf4
  case dilution = "J1"
  case bias = "J2"
  case levels = "J3"

  /// The forms of rows alone.
  public static let single = [Self.last1, .log2, .ilog2, .pow3, .exp3, .pow4, .exp4, .mmf4]

  /// The forms of rows and poison.
  public static let joint = [Self.dilution, .bias, .levels]

  /// The letters of the parameters; those of J3 stand for each level in turn, 0 among them.
  public func letters(levels: [Double] = []) -> [String] {
    switch self {
    case .last1: ["a"]
    case .log2, .ilog2: ["a", "b"]
    case .pow3, .exp3: ["a", "b", "c"]
    case .pow4, .exp4, .mmf4: ["a", "b", "c", "d"]
    case .dilution: ["a", "b", "c", "κ", "γ"]
    case .bias: ["a", "b", "c", "κ", "γ", "δ", "r"]
    case .levels: ["c"] + levels.flatMap { ["a(\($0))", "b(\($0))"] }
    }
  }

  /// The accuracy at n rows, n > 1, of which a level is poisoned.
  ///
  /// - Precondition: As many parameters as the family has, which is not J3.
  public func value(_ n: Double, level: Double = 0, _ parameters: [Double]) -> Double {
    precondition(
      parameters.count == letters().count, "\(rawValue) of \(parameters.count) parameters")
    return evaluate(n, level, parameters.map { Dual($0) }).value
  }

  /// The accuracy in any arithmetic.
  func evaluate(_ rows: Double, _ level: Double, _ q: [Dual]) -> Dual {
    let n = Dual(rows)
    switch self {
    case .last1: return q[0]
    case .log2: return q[0] + q[1] * Dual.log(n)
    case .ilog2: return q[0] - q[1] / Dual.log(n)
    case .pow3: return q[0] - q[1] * Dual.pow(n, -q[2])
    case .exp3: return q[0] - q[1] * Dual.exp(-q[2] * n)
    case .pow4: return q[0] - q[1] * Dual.pow(n + q[3], -q[2])
    case .exp4: return q[0] - q[1] * Dual.exp(-q[2] * Dual.pow(n, q[3]))
    case .mmf4: return (q[2] * q[1] + q[0] * Dual.pow(n, q[3])) / (q[1] + Dual.pow(n, q[3]))
    case .dilution, .bias:
      let worth = Dual.pow(Dual(1) - q[3] * Dual(level), q[4]) * n
      let curve = q[0] - q[1] * Dual.pow(worth, -q[2])
      return self == .bias && level > 0 ? curve - q[5] * Dual.pow(Dual(level), q[6]) : curve
    case .levels: preconditionFailure("Each level of J3 has a curve of its own")
    }
  }

  /// The parameters for free numbers: the first is at most 1, the others above 0 where they must.
  ///
  ///     a = 1 − e^{θ₀},   κ = 1/(p_max·(1 + e^{−θ₃})),   others = e^θ; the third of mmf4 is free
  func bounded(_ free: [Dual], largestLevel: Double) -> [Dual] {
    free.indices.map { index in
      switch (self, index) {
      case (_, 0): Dual(1) - Dual.exp(free[0])
      case (.mmf4, 2): free[2]
      case (.dilution, 3), (.bias, 3): Dual(1 / largestLevel) / (Dual(1) + Dual.exp(-free[3]))
      default: Dual.exp(free[index])
      }
    }
  }
}
