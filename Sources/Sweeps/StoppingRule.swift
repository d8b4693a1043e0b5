import Poisoning
public import Statistics

/// When a sweep of unknown length has seen enough: after the block with which every interval that
/// holds at all looks is no wider than a target, or at a largest number of seeds.
///
/// The intervals are those of every cell's mean accuracy and of every cell's paired difference to
/// the clean cell of the same model. Each holds with 95 %, whatever stops the sweep; together they
/// do not. The decision depends on the blocks in their order and on nothing else.
public struct StoppingRule: Sendable, Equatable {
  /// The target h: intervals have to be within ± h.
  public let halfWidth: Double

  /// The number of seeds at which the sweep ends in any case.
  public let maximumSeedCount: Int

  /// The number of seeds from which on the sweep may end.
  public let minimumSeedCount: Int

  /// A rule.
  ///
  /// - Precondition: `halfWidth > 0`, `1 <= minimumSeedCount <= maximumSeedCount`.
  public init(halfWidth: Double, minimumSeedCount: Int = 1, maximumSeedCount: Int = 1_000_000) {
    precondition(
      halfWidth > 0 && minimumSeedCount >= 1 && minimumSeedCount <= maximumSeedCount,
      "No rule for ±\(halfWidth) within \(minimumSeedCount) to \(maximumSeedCount) seeds")
    self.halfWidth = halfWidth
    (self.minimumSeedCount, self.maximumSeedCount) = (minimumSeedCount, maximumSeedCount)
  }

  /// The intervals the rule looks at.
  public var sequence: ConfidenceSequence { ConfidenceSequence(targetHalfWidth: halfWidth) }

  /// The widest half-width of all cells; infinite where there are no seeds.
  public func widest(of cells: [CellSummary]) -> Double {
    let sequence = sequence
    return cells.reduce(0) { widest, cell in
      let mean = sequence.halfWidth(cell.accuracy, range: 1)
      guard cell.level != .clean, cell.accuracyDrop.count > 0 else { return max(widest, mean) }
      return max(widest, mean, sequence.halfWidth(cell.accuracyDrop, range: 2))
    }
  }

  /// Whether a sweep with these cells ends.
  public func isMet(by cells: [CellSummary]) -> Bool {
    let seedCount = cells.first?.tally.seedCount ?? 0
    return seedCount >= maximumSeedCount
      || (seedCount >= minimumSeedCount && widest(of: cells) <= halfWidth)
  }
}
