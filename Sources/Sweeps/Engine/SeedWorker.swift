import Datasets
import Models

/// Fits all cells of a study under one seed after another, with the memory for it.
struct SeedWorker {
  private let study: Study

  init(_ study: Study) {
    self.study = study
  }

  /// Runs the seeds of a chunk.
  mutating func run(_ chunk: SeedChunk, firstSeed: UInt32) -> ChunkResult {
    let cellCount = study.conditions.count * study.models.count
    let empty = FitTally(correct: 0, macroF1: 0, outcome: .converged, iterations: 0)
    var result = ChunkResult()
    result.fits = Array(repeating: empty, count: cellCount * chunk.count)
    result.confusions = Array(
      repeating: ConfusionMatrix(classCount: study.dataset.classCount), count: cellCount)
    for offset in 0..<chunk.count {
      let results = study.results(seed: firstSeed + UInt32(chunk.start + offset))
      for (cell, one) in results.enumerated() {
        result.fits[cell * chunk.count + offset] = FitTally(
          correct: one.confusion.correct, macroF1: one.confusion.macroF1, logLoss: one.logLoss,
          outcome: one.report.outcome, iterations: one.report.iterations)
        result.confusions[cell] += one.confusion
      }
    }
    return result
  }
}
