/// A block in work: its cells over the seeds that are there without a gap.
struct OpenBlock {
  let work: BlockWork

  /// The cells, in the order of the study.
  private(set) var cells: [SeedBlock.Cell]

  /// The cells that have grown since `takeChanges`.
  private var changed: Set<Int> = []

  /// Fits that came before those of earlier seeds.
  private var early: [Int: [CellFits]] = [:]

  /// A cell that is there and was fitted again with another outcome.
  private(set) var unequalCell: Int?

  /// Begins with the cells that are there.
  ///
  /// - Precondition: They have the seeds that `work` says.
  init(_ work: BlockWork, cells: [SeedBlock.Cell]) {
    (self.work, self.cells) = (work, cells)
  }

  /// Whether all cells have all seeds.
  var isComplete: Bool {
    cells.indices.allSatisfy {
      max(cells[$0].correct.count, work.finished[$0]) >= work.seedCount
    }
  }

  /// Takes fits, whatever their order.
  ///
  /// Fits under seeds that are there, which others are compared with, must be those that are there.
  mutating func take(_ fits: CellFits) {
    let count = cells[fits.cell].correct.count
    if fits.end <= count {
      let known = cells[fits.cell].correct[fits.start..<fits.end]
      if !known.elementsEqual(fits.fits.map { UInt32($0.own.correct) }) { unequalCell = fits.cell }
      return
    }
    early[fits.cell, default: []].append(fits)
    while let place = early[fits.cell]?.firstIndex(where: {
      $0.start == cells[fits.cell].correct.count
    }), let next = early[fits.cell]?.remove(at: place) {
      cells[fits.cell].append(next)
      changed.insert(fits.cell)
    }
  }

  /// The cells that have grown since the last call.
  mutating func takeChanges() -> [Int] {
    defer { changed = [] }
    return changed.sorted()
  }
}
