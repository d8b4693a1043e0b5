/// What is new since the last checkpoint of a run.
public struct Checkpoint: Sendable {
  /// A cell of a block that has more seeds than before.
  public struct Change: Sendable {
    /// The block.
    public let block: Int
    /// The place of the cell in the order of the study.
    public let cell: Int
    /// The cell over all its seeds of the block.
    public let content: SeedBlock.Cell

    /// Names what has grown.
    package init(block: Int, cell: Int, content: SeedBlock.Cell) {
      (self.block, self.cell, self.content) = (block, cell, content)
    }
  }

  /// The cells that have grown, blocks in order.
  public let changes: [Change]

  /// A cell that was there and came out otherwise when it was fitted again.
  public let unequal: (block: Int, cell: Int)?

  /// Number of missing fits that were run so far, in `changes` or not.
  public let fitCount: Int

  init(_ open: inout [Int: OpenBlock], of blocks: [Int], fitCount: Int) {
    var changes: [Change] = []
    var unequal: (block: Int, cell: Int)?
    for index in blocks {
      guard let block = open[index] else { continue }
      if let cell = block.unequalCell { unequal = (index, cell) }
      changes += (open[index]?.takeChanges() ?? []).map {
        Change(block: index, cell: $0, content: block.cells[$0])
      }
    }
    (self.changes, self.unequal, self.fitCount) = (changes, unequal, fitCount)
  }
}
