public import Documents
import LinAlg

/// Out-of-range features: rows of large leverage.
///
///     x_ij = lo_j + u·κ·(hi_j − lo_j),   u ~ U(0, 1),   lo and hi over the clean training rows
///
/// With both sides, beyond either end of the range with probability ½:
///
///     x_ij = hi_j + u·κ·(hi_j − lo_j)   or   lo_j − u·κ·(hi_j − lo_j)
///
/// Labels stay. Linear models and scalers follow such rows; nearest neighbours do not notice.
public struct OutOfRange: SeedwiseAttack, CataloguedAttack {
  /// Where the new values lie.
  public enum Sides: String, Sendable, CaseIterable {
    /// From the lower end of the range upwards.
    case high
    /// Beyond either end, at random.
    case both
  }

  /// κ, how many ranges wide the new values spread; positive; default 10.
  public let kappa: Double

  /// Where the new values lie; default `high`.
  public let sides: Sides

  /// Chooses κ and the sides.
  ///
  /// - Throws: `SpecificationError` unless κ is a positive number.
  public init(kappa: Double = 10, sides: Sides = .high) throws(SpecificationError) {
    guard kappa > 0, kappa.isFinite else {
      throw Self.invalid("kappa", "\(kappa)", accepted: "a positive number")
    }
    (self.kappa, self.sides) = (kappa, sides)
  }

  static let entry = AttackEntry(
    name: "out-of-range", summary: "features far outside their range",
    parameters: [
      .init("kappa", "how many ranges wide, above 0", default: "10"),
      .init("sides", "high or both", default: "high"),
    ],
    threat: ThreatModel(changes: .features, constraint: .none)
  ) { parameters throws(SpecificationError) in
    try OutOfRange(
      kappa: parameters.number("kappa"),
      sides: parameters.choice("sides"))
  }

  /// What differs from the defaults.
  public var parameters: [String: String] {
    changed(["kappa": "\(kappa)", "sides": sides.rawValue])
  }

  /// See `SeedwiseAttack`.
  public func poison(_ exposure: Exposure, count: Int, into patch: inout Patch) {
    let base = exposure.training
    let range = base.range
    patch.begin(featureCount: base.features.columns)
    for row in exposure.order.prefix(count) {
      var stream = exposure.stream(.outOfRange, position: row)
      patch.append(row: row)
      for column in 0..<base.features.columns {
        let (lower, upper) = (range.lower[column], range.upper[column])
        // Half of everything, because the range itself may be wider than the largest double.
        let distance = stream.uniform() * kappa * (upper / 2 - lower / 2)
        let half =
          switch sides {
          case .high: lower / 2 + distance
          case .both:
            stream.integer(below: 2) == 0 ? lower / 2 - distance : upper / 2 + distance
          }
        patch.append(feature: (2 * half).clampedToFinite)
      }
    }
  }
}
