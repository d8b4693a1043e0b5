import Datasets
import Models

/// What a worker has found out about the cells under the seeds of a chunk.
struct ChunkResult {
  private let seedCount: Int

  /// For each cell one entry a seed: cells outermost.
  private var fits: [FitTally]

  /// For each cell the confusion matrices of the fits that were not taken yet, summed.
  var confusions: [ConfusionMatrix]

  /// Number of seeds that each cell has.
  var done: [Int]

  /// Number of seeds of each cell that were taken.
  private var taken: [Int]

  /// Room for all cells under `seedCount` seeds.
  init(_ study: Study, seedCount: Int) {
    self.seedCount = seedCount
    let cells = study.cellCount
    let empty = FitTally(
      ConfusionMatrix(classCount: 0), logLoss: nil, outcome: .converged, iterations: 0,
      detection: nil)
    fits = Array(repeating: empty, count: cells * seedCount)
    confusions = Array(
      repeating: ConfusionMatrix(classCount: study.dataset.classCount), count: cells)
    done = Array(repeating: 0, count: cells)
    taken = done
  }

  subscript(cell: Int, seed: Int) -> FitTally {
    get { fits[cell * seedCount + seed] }
    set { fits[cell * seedCount + seed] = newValue }
  }

  /// The fits since the last call.
  ///
  /// - Precondition: The partners of a cell have all seeds that it has.
  mutating func takeNew(_ chunk: SeedChunk, partners: CellPartners) -> [CellFits] {
    var new: [CellFits] = []
    for cell in done.indices where taken[cell] < done[cell] {
      let isLacking = chunk.lacks(cell)
      let clean = isLacking ? partners.clean[cell] : nil
      let undefended = isLacking ? partners.undefended[cell] : nil
      let comparisons = (taken[cell]..<done[cell]).map { seed in
        FitComparison(
          own: self[cell, seed], clean: clean.map { self[$0, seed] },
          undefended: undefended.map { self[$0, seed] })
      }
      new.append(
        CellFits(
          cell: cell, start: chunk.start + taken[cell], fits: comparisons,
          confusion: confusions[cell]))
    }
    for fits in new {
      taken[fits.cell] = done[fits.cell]
      confusions[fits.cell] = ConfusionMatrix(classCount: fits.confusion.classCount)
    }
    return new
  }
}
