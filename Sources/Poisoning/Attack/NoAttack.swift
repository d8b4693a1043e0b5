/// No attack: every row stays as it is.
public struct NoAttack: Attack {
  /// `none`.
  public let name = "none"

  /// Nothing is changed.
  public let threat = ThreatModel(changes: .features, constraint: .box)

  /// Does nothing.
  public init() {}

  /// No row.
  public func capacity(classCounts: [Int]) -> Int { 0 }

  /// Empty patches.
  public func poison(_ exposures: [Exposure], count: Int, into patches: inout [Patch]) {
    precondition(count == 0, "No attack poisons \(count) rows")
    for index in patches.indices { patches[index] = Patch() }
  }
}
