import LinAlg

/// Class swap: the features of a random clean row of another class.
///
/// Labels stay. Seen from the features it is a label flip: every poisoned row is a real one with a
/// wrong label. A donor may give to several rows.
public struct ClassSwap: SeedwiseAttack, CataloguedAttack {
  static let entry = AttackEntry(
    name: "swap", summary: "features of a random row of another class",
    threat: ThreatModel(changes: .features, constraint: .rows)
  ) { _ in ClassSwap() }

  /// The attack has no parameters.
  public init() {}

  /// Every row, if there is a second class.
  public func capacity(classCounts: [Int]) -> Int {
    classCounts.count { $0 > 0 } > 1 ? classCounts.reduce(0, +) : 0
  }

  /// See `SeedwiseAttack`.
  public func poison(_ exposure: Exposure, count: Int, into patch: inout Patch) {
    let base = exposure.training
    patch.begin(featureCount: base.features.columns)
    var donors = [[Int]](repeating: [], count: base.classCount)
    for label in donors.indices {
      donors[label].reserveCapacity(base.count)
      for row in 0..<base.count where base.labels[row] != label { donors[label].append(row) }
    }
    for row in exposure.order.prefix(count) {
      var stream = exposure.stream(.classSwap, position: row)
      let others = donors[base.labels[row]]
      precondition(!others.isEmpty, "Class \(base.labels[row]) is the only one")
      let donor = others[stream.integer(below: others.count)]
      patch.append(row: row)
      patch.append(featuresOf: base, row: donor)
    }
  }
}
