import LinAlg

/// Out-of-range features: rows of large leverage.
///
///     x_ij = lo_j + u·κ·(hi_j − lo_j),   u ~ U(0, 1),   lo and hi over the clean training rows
///
/// Labels stay. Linear models and scalers fitted on such rows follow them; nearest neighbours do
/// not notice.
public struct OutOfRange: BlindAttack {
  /// `out-of-range`.
  public let name = "out-of-range"

  /// κ, how many ranges wide the new values spread; positive; default 10.
  public let kappa: Double

  /// Chooses κ.
  ///
  /// - Throws: `PoisoningError.invalidParameter` unless it is a positive number.
  public init(kappa: Double = 10) throws(PoisoningError) {
    guard kappa > 0, kappa.isFinite else {
      throw .invalidParameter(
        attack: "out-of-range", name: "kappa", value: "\(kappa)", accepted: "a positive number")
    }
    self.kappa = kappa
  }

  /// Features without bounds.
  public let threat = ThreatModel(changes: .features, constraint: .none)

  static let entry = AttackEntry(
    "out-of-range", "features far outside their range",
    parameters: [.init("kappa", "how many ranges wide, above 0", default: "10")],
    threat: ThreatModel(changes: .features, constraint: .none)
  ) { parameters throws(PoisoningError) in
    try OutOfRange(kappa: parameters.number("kappa", default: 10))
  }

  /// κ, when it is not the default.
  public var parameters: [String: String] { kappa == 10 ? [:] : ["kappa": "\(kappa)"] }

  /// Every row.
  public func capacity(classCounts: [Int]) -> Int { classCounts.reduce(0, +) }

  /// See `BlindAttack`.
  public func poison(_ exposure: Exposure, count: Int, into patch: inout Patch) {
    let base = exposure.training
    let range = base.range
    let limit = Double.greatestFiniteMagnitude
    patch.begin(featureCount: base.features.columns)
    for row in exposure.order.prefix(count) {
      var stream = exposure.stream(.outOfRange, position: row)
      patch.append(row: row)
      for column in 0..<base.features.columns {
        let (lower, upper) = (range.lower[column], range.upper[column])
        // Half of everything, because the range itself may be wider than the largest double.
        let half = lower / 2 + stream.uniform() * kappa * (upper / 2 - lower / 2)
        patch.append(feature: 2 * min(half, limit / 2))
      }
    }
  }
}

extension RandomPurpose {
  static let outOfRange = RandomPurpose(19)
}
