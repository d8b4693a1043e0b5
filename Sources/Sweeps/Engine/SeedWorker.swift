import Datasets
import Defenses
import LinAlg
import Models
import Poisoning

/// Fits all cells of a study under four seeds at a time, with the memory for it.
///
///     splits → clean rows in lanes → patches → defences, scaler → batch → models → tallies
///
/// Nothing is allocated for a seed once the first four have run, save by engines of single problems
/// and by defences.
struct SeedWorker {
  private let study: Study
  private let starts: SoftmaxStarts
  private var source: BatchSource
  /// One for each size of training set and model, sizes outermost.
  private var workspaces: [BatchWorkspace]
  private var fits: [BatchFit]
  private var confusion: ConfusionMatrix
  private var targets: TargetedAttacks
  /// The conditions, the clean one first.
  private let order: [Int]
  /// The seed of the first lane.
  private var seed: UInt32 = 0
  /// The models that are fitted in each condition.
  private let modelsOfCondition: [[Int]]

  init(_ study: Study, starts: SoftmaxStarts) {
    self.study = study
    self.starts = starts
    source = BatchSource(study)
    workspaces = source.shapes.flatMap { shape in
      study.models.map { BatchWorkspace($0.learner, shape) }
    }
    fits = Array(repeating: BatchFit(study.shape), count: SeedBatch.laneCount)
    confusion = ConfusionMatrix(classCount: study.dataset.classCount)
    targets = TargetedAttacks(study)
    let clean = study.conditions.indices.filter { study.conditions[$0].isReference }
    order = clean + study.conditions.indices.filter { !study.conditions[$0].isReference }
    modelsOfCondition = study.conditions.indices.map { condition in
      study.models.indices.filter { study.isFitted(condition: condition, model: $0) }
    }
  }

  /// Runs the seeds of a chunk.
  mutating func run(_ chunk: SeedChunk, firstSeed: UInt32) -> ChunkResult {
    var result = ChunkResult(
      cellCount: study.conditions.count * study.models.count, seedCount: chunk.count,
      classCount: study.dataset.classCount)
    for offset in stride(from: 0, to: chunk.count, by: SeedBatch.laneCount) {
      let count = min(SeedBatch.laneCount, chunk.count - offset)
      seed = firstSeed + UInt32(chunk.start + offset)
      source.begin(firstSeed: seed, count: count)
      targets.begin(source)
      for index in order {
        for model in modelsOfCondition[index] {
          source.fill(index, model: model, isFirst: model == modelsOfCondition[index][0], count)
          fit(index, model, count)
          let cell = index * study.models.count + model
          for lane in 0..<count {
            result.fits[cell * chunk.count + offset + lane] = tally(lane)
            result.confusions[cell] += confusion
            targets.judge(
              index, model, lane, fits[lane].predicted, source.batch.validationLabels[lane])
          }
        }
        showTriggers(index, count)
        guard let attack = targets.attack(of: index) else { continue }
        for model in modelsOfCondition[index] {
          for lane in 0..<count {
            let cell = (index * study.models.count + model) * chunk.count + offset + lane
            result.fits[cell].target = targets.outcome(attack, model, lane)
          }
        }
      }
    }
    return result
  }

  /// Shows the models of a condition the validation rows with the triggers of attacks.
  private mutating func showTriggers(_ index: Int, _ count: Int) {
    for attack in targets.triggers(of: index) {
      let aims = targets.aims(attack)
      for model in modelsOfCondition[index] {
        if study.conditions[index].defense.usesModel {
          source.fill(index, model: model, isFirst: true, count)
        }
        source.trigger(aims)
        fit(index, model, count)
        for lane in 0..<count {
          targets.judgeTriggered(
            index, attack, model, lane, fits[lane].predicted, source.batch.validationLabels[lane])
        }
      }
    }
  }

  /// Fits a model to the batch in work.
  private mutating func fit(_ condition: Int, _ model: Int, _ count: Int) {
    guard study.conditions[condition].defense.training == nil else {
      for lane in 0..<count {
        let learner = study.learner(
          study.models[model], in: study.conditions[condition], seed: seed + UInt32(lane))
        guard let learner else { continue }
        fits[lane].fit(learner, source.batch, lane)
      }
      return
    }
    workspaces[source.batchIndex * study.models.count + model].fit(
      source.batch, count: count, start: starts[condition * study.models.count + model],
      into: &fits)
  }

  /// The numbers that are kept of a lane; its confusion matrix stays in `confusion`.
  private mutating func tally(_ lane: Int) -> FitTally {
    confusion.recount(
      truth: source.batch.validationLabels[lane], predicted: fits[lane].predicted)
    return FitTally(
      correct: confusion.correct, macroF1: confusion.macroF1, logLoss: fits[lane].logLoss,
      outcome: fits[lane].outcome, iterations: fits[lane].iterations,
      detection: source.detections[lane])
  }
}
