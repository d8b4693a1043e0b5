import LinAlg

/// Random label flips: each poisoned row gets a class drawn uniformly from the K − 1 others.
///
/// Features stay. This is label noise completely at random with an exact budget.
///
/// Source: Frénay, Verleysen, "Classification in the presence of label noise", IEEE TNNLS 2014.
public struct LabelFlip: SeedwiseAttack, CataloguedAttack {
  static let entry = AttackEntry(
    name: "flip", summary: "labels drawn at random from the other classes",
    threat: ThreatModel(changes: .labels, constraint: .rows)
  ) { _ in LabelFlip() }

  /// The attack has no parameters.
  public init() {}

  /// See `SeedwiseAttack`.
  public func poison(_ exposure: Exposure, count: Int, into patch: inout Patch) {
    let base = exposure.training
    patch.begin(changesLabels: true)
    for row in exposure.order.prefix(count) {
      var stream = exposure.stream(.labelFlip, position: row)
      let shift = 1 + stream.integer(below: base.classCount - 1)
      patch.append(row: row, label: (base.labels[row] + shift) % base.classCount)
    }
  }
}
