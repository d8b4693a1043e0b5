public import LinAlg

/// Random label flips: each poisoned row gets a class drawn uniformly from the K − 1 others.
///
/// Features stay. This is label noise completely at random with an exact budget.
///
/// Source: Frénay, Verleysen, "Classification in the presence of label noise", IEEE TNNLS 2014.
public struct LabelFlip: Attack {
  /// `flip`.
  public let name = "flip"

  /// None.
  public let parameters: [String: String] = [:]

  /// The attack has no parameters.
  public init() {}

  /// Every row.
  public func capacity(classCounts: [Int]) -> Int { classCounts.reduce(0, +) }

  /// See `Attack`.
  public func poison(
    _ base: TrainingSet, order: [Int], count: Int, key: RandomKey, seed: UInt32,
    into patch: inout Patch
  ) {
    patch.begin(changesLabels: true)
    for row in order.prefix(count) {
      var stream = RandomStream(key: key, purpose: .labelFlip, seed: seed, row: base.rowIDs[row])
      let shift = 1 + stream.integer(below: base.classCount - 1)
      patch.append(row: row)
      patch.append(label: (base.labels[row] + shift) % base.classCount)
    }
  }
}
