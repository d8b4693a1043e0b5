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

  /// Changes the labels of `count` rows; see `Attack`.
  public func patch(_ base: TrainingSet, count: Int, key: RandomKey, seed: UInt32) -> Patch {
    let rows = poisonedRows(base, count: count, key: key, seed: seed)
    let labels = rows.map { row in
      var stream = RandomStream(key: key, purpose: .labelFlip, seed: seed, row: base.rowIDs[row])
      return (base.labels[row] + 1 + stream.integer(below: base.classCount - 1)) % base.classCount
    }
    return Patch(rows: rows, labels: labels)
  }
}
