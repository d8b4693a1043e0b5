import Datasets
import Models

/// A few consecutive seeds of one block: what a worker takes from the queue at a time.
struct SeedChunk: Sendable, Equatable {
  /// Number of seeds of every chunk but the last of a block; a multiple of the lanes.
  ///
  /// A short block goes lane by lane, so that its few seeds, each of which may take long, are shared out.
  static func capacity(ofBlock seedCount: Int) -> Int {
    seedCount < 128 ? SeedBatch.laneCount : 32
  }

  /// The block it belongs to.
  let block: Int

  /// Position of the first seed among all seeds of the study.
  let start: Int

  /// Number of seeds.
  let count: Int
}

/// What a worker has found out about the cells under the seeds of a chunk.
struct ChunkResult: Sendable {
  /// For each cell one entry a seed: cells outermost.
  var fits: [FitTally]

  /// For each cell the confusion matrices summed over the seeds.
  var confusions: [ConfusionMatrix]

  /// Room for the cells under `seedCount` seeds.
  init(cellCount: Int, seedCount: Int, classCount: Int) {
    let empty = FitTally(correct: 0, macroF1: 0, outcome: .converged, iterations: 0)
    fits = Array(repeating: empty, count: cellCount * seedCount)
    confusions = Array(repeating: ConfusionMatrix(classCount: classCount), count: cellCount)
  }
}

extension SeedBlock {
  /// Puts the chunks of a block together, in the order of seeds.
  init(index: Int, _ chunks: [(chunk: SeedChunk, result: ChunkResult)], of study: Study) {
    let cellCount = study.conditions.count * study.models.count
    let cells = (0..<cellCount).map { cell in
      var tally = CellTally(classCount: study.dataset.classCount)
      var correct: [UInt32] = []
      guard study.isFitted(cell: cell) else { return Cell(correct: correct, tally: tally) }
      let clean = study.cleanCell(of: cell)
      let undefended = study.undefendedCell(of: cell)
      for (chunk, result) in chunks {
        for seed in 0..<chunk.count {
          let fit = result.fits[cell * chunk.count + seed]
          tally.add(
            fit, clean: clean.map { result.fits[$0 * chunk.count + seed] },
            undefended: undefended.map { result.fits[$0 * chunk.count + seed] })
          correct.append(UInt32(fit.correct))
        }
        tally.confusion += result.confusions[cell]
      }
      return Cell(correct: correct, tally: tally)
    }
    self.init(
      index: index, seedCount: chunks.reduce(0) { $0 + $1.chunk.count }, cells: cells)
  }
}
