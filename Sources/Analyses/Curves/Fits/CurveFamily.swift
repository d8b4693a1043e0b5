/// A form that accuracy can take as a function of the number of training rows n.
///
///     pow3   a − b·n^−c                 pow4   a − b·(n + d)^−c
///     exp3   a − b·e^(−cn)              exp4   a − b·e^(−c·n^d)
///     mmf4   (c·b + a·n^d)/(b + n^d)
///     log2   a + b·ln n                 ilog2  a − b/ln n
///     last1  a
///
/// b, c and d are above 0, but for the c of mmf4, its value at 0, which is free; a, what is approached for
/// large n, is at most 1. log2 grows without end: its a is the value at 1. The expd3 and wbl4 of the source
/// are exp3 and exp4 with other letters, so they are not there twice.
///
/// Source: Mohr, Viering, Loog, van Rijn, "LCDB 1.0: an extensive learning curves database for
/// classification tasks", ECML PKDD 2022, table 1.
public enum CurveFamily: String, CaseIterable, Sendable, Encodable {
  case last1, log2, ilog2, pow3, exp3, pow4, exp4, mmf4

  /// Number of parameters.
  public var parameterCount: Int {
    switch self {
    case .last1: 1
    case .log2, .ilog2: 2
    case .pow3, .exp3: 3
    case .pow4, .exp4, .mmf4: 4
    }
  }

  /// The accuracy at n rows, n > 1.
  ///
  /// - Precondition: As many parameters as the family has.
  public func value(_ n: Double, _ parameters: [Double]) -> Double {
    precondition(parameters.count == parameterCount, "\(self) of \(parameters.count) parameters")
    return evaluate(Dual(n), parameters.map { Dual($0) }).value
  }

  /// The accuracy in any arithmetic.
  func evaluate(_ n: Dual, _ p: [Dual]) -> Dual {
    switch self {
    case .last1: p[0]
    case .log2: p[0] + p[1] * Dual.log(n)
    case .ilog2: p[0] - p[1] / Dual.log(n)
    case .pow3: p[0] - p[1] * Dual.pow(n, -p[2])
    case .exp3: p[0] - p[1] * Dual.exp(-p[2] * n)
    case .pow4: p[0] - p[1] * Dual.pow(n + p[3], -p[2])
    case .exp4: p[0] - p[1] * Dual.exp(-p[2] * Dual.pow(n, p[3]))
    case .mmf4:
      (p[2] * p[1] + p[0] * Dual.pow(n, p[3])) / (p[1] + Dual.pow(n, p[3]))
    }
  }

  /// The parameters for free numbers: the first is at most 1, the others above 0 where they must.
  ///
  ///     a = 1 − e^{θ₀},   others = e^θ; the third of mmf4, the value at 0, is free
  func parameters(_ free: [Double]) -> [Double] { bounded(free.map { Dual($0) }).map(\.value) }

  /// The same in any arithmetic.
  func bounded(_ free: [Dual]) -> [Dual] {
    free.indices.map { index in
      if index == 0 { return Dual(1) - Dual.exp(free[0]) }
      return self == .mmf4 && index == 2 ? free[index] : Dual.exp(free[index])
    }
  }
}
