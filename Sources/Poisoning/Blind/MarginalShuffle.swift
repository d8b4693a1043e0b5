import LinAlg

/// Marginal shuffle: features that are real one by one and unrelated to each other and the label.
///
///     x_ij = x_(π_j(t), j),   row i the t-th in the poison order,
///                             π_j one random permutation of all n clean training rows a feature
///
/// Labels stay. Every value is that of a clean row, and none is used more often than it occurs; if
/// all rows were poisoned, every marginal distribution would be exactly the clean one. To permute
/// within the poisoned rows alone would keep the marginals at every level, but could not be nested:
/// one more row would give others new values. Tests of ranges and distributions by feature do not
/// notice either.
public struct MarginalShuffle: SeedwiseAttack, CataloguedAttack {
  static let entry = AttackEntry(
    name: "shuffle", summary: "each feature taken from another row at random",
    threat: ThreatModel(changes: .features, constraint: .values)
  ) { _ in MarginalShuffle() }

  /// The attack has no parameters.
  public init() {}

  /// See `SeedwiseAttack`.
  ///
  /// - Complexity: O((n + k)·d).
  public func poison(_ exposure: Exposure, count: Int, into patch: inout Patch) {
    let base = exposure.training
    patch.begin(featureCount: base.features.columns)
    guard count > 0 else { return }
    let d = base.features.columns
    let x = base.features.elements.span
    var donors: [Int] = []
    for row in exposure.order.prefix(count) {
      patch.append(row: row)
      patch.append(featuresOf: base, row: row)
    }
    for column in 0..<d {
      // A stream a feature, so that its first draws are the same whatever the budget.
      var stream = RandomStream(
        key: exposure.key, purpose: .marginalShuffle, seed: exposure.seed, row: column)
      donors.removeAll(keepingCapacity: true)
      donors.append(contentsOf: 0..<base.count)
      stream.shuffle(&donors, prefix: count)
      for index in 0..<count {
        patch.changeFeature(column, ofRow: index, to: x[donors[index] * d + column])
      }
    }
  }
}
