import Datasets
import LinAlg
import Models
import Poisoning

/// Fits all cells of a study under four seeds at a time, with the memory for it.
///
///     splits → clean rows in lanes → patches → scaler → batch → models → tallies
///
/// Nothing is allocated for a seed once the first four have run, save by engines of single problems.
struct SeedWorker {
  private let study: Study
  private let starts: SoftmaxStarts
  private var source: BatchSource
  private var workspaces: [BatchWorkspace]
  private var fits: [BatchFit]
  private var confusion: ConfusionMatrix

  init(_ study: Study, starts: SoftmaxStarts) {
    self.study = study
    self.starts = starts
    source = BatchSource(study)
    workspaces = study.models.map { BatchWorkspace($0.learner, study.shape) }
    fits = Array(repeating: BatchFit(study.shape), count: SeedBatch.laneCount)
    confusion = ConfusionMatrix(classCount: study.dataset.classCount)
  }

  /// Runs the seeds of a chunk.
  mutating func run(_ chunk: SeedChunk, firstSeed: UInt32) -> ChunkResult {
    let modelCount = study.models.count
    var result = ChunkResult(
      cellCount: study.conditions.count * modelCount, seedCount: chunk.count,
      classCount: study.dataset.classCount)
    for offset in stride(from: 0, to: chunk.count, by: SeedBatch.laneCount) {
      let count = min(SeedBatch.laneCount, chunk.count - offset)
      source.begin(firstSeed: firstSeed + UInt32(chunk.start + offset), count: count)
      for index in study.conditions.indices {
        source.poison(index)
        for model in 0..<modelCount {
          let cell = index * modelCount + model
          workspaces[model].fit(
            source.batch, count: count, start: starts[cell], into: &fits)
          for lane in 0..<count {
            result.fits[cell * chunk.count + offset + lane] = tally(lane)
            result.confusions[cell] += confusion
          }
        }
      }
    }
    return result
  }

  /// The numbers that are kept of a lane; its confusion matrix stays in `confusion`.
  private mutating func tally(_ lane: Int) -> FitTally {
    confusion.recount(
      truth: source.batch.validationLabels[lane], predicted: fits[lane].predicted)
    return FitTally(
      correct: confusion.correct, macroF1: confusion.macroF1, logLoss: fits[lane].logLoss,
      outcome: fits[lane].outcome, iterations: fits[lane].iterations)
  }
}
