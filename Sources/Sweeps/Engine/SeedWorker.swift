import Datasets
import Defenses
import Models

/// Fits cells of a study under four seeds at a time, with the memory for it.
///
///     splits → clean rows in lanes → patches → defences, scaler → batch → models → tallies
///
/// After the first four seeds nothing is allocated, save by engines of single problems and by defences.
struct SeedWorker {
  private let study: Study
  private let starts: SoftmaxStarts
  private let queue: BlockQueue
  /// Threads that a fit of a single problem may use.
  private let threads: Int
  private var source: BatchSource
  /// One for each size of training set and model, sizes outermost.
  private var workspaces: [BatchWorkspace]
  private var fits: [BatchFit]
  private var confusion: ConfusionMatrix
  private var targets: TargetedAttacks
  /// The conditions, those that others are compared with first.
  private let order: [Int]
  private let partners: CellPartners
  private var seed: UInt32 = 0
  /// The models that are fitted in each condition of the chunk in work.
  private var models: [[Int]] = []
  private var result: ChunkResult
  private var lastReport = ContinuousClock.now

  /// How long fits are held back before the caller sees them.
  private static let reportInterval = Duration.milliseconds(250)

  init(_ study: Study, starts: SoftmaxStarts, queue: BlockQueue, threads: Int) {
    (self.study, self.starts, self.queue) = (study, starts, queue)
    self.threads = threads
    source = BatchSource(study)
    workspaces = source.shapes.flatMap { shape in
      study.models.map { BatchWorkspace($0.learner, shape) }
    }
    fits = Array(repeating: BatchFit(study.shape), count: SeedBatch.laneCount)
    confusion = ConfusionMatrix(classCount: study.dataset.classCount)
    targets = TargetedAttacks(study)
    let ranks = study.conditions.map { $0.isReference ? 0 : $0.defense.isEmpty ? 1 : 2 }
    order = ranks.indices.sorted { ranks[$0] < ranks[$1] }
    partners = CellPartners(study)
    result = ChunkResult(study, seedCount: 0)
  }

  /// Runs the cells that lack the seeds of a chunk, and those they are compared with.
  mutating func run(_ chunk: SeedChunk, firstSeed: UInt32) {
    choose(chunk)
    result = ChunkResult(study, seedCount: chunk.count)
    lastReport = .now
    let first = firstSeed + UInt32(chunk.work.index * SeedBlock.capacity + chunk.start)
    for offset in stride(from: 0, to: chunk.count, by: SeedBatch.laneCount) {
      let count = min(SeedBatch.laneCount, chunk.count - offset)
      seed = first + UInt32(offset)
      source.begin(firstSeed: seed, count: count)
      targets.begin(source)
      for index in order where !models[index].isEmpty {
        guard !queue.isStopped else { return }
        run(index, chunk, offset, count)
        if ContinuousClock.now - lastReport > Self.reportInterval { report(chunk) }
      }
    }
    report(chunk)
  }

  /// Runs the models of a condition under the seeds in work.
  private mutating func run(_ index: Int, _ chunk: SeedChunk, _ offset: Int, _ count: Int) {
    for model in models[index] {
      source.fill(index, model: model, isFirst: model == models[index][0], count)
      let cell = study.position(index, model)
      let isMissing = chunk.lacks(cell)
      fit(index, model, count) { [queue] in if isMissing { queue.count($0) } }
      for lane in 0..<count {
        result[cell, offset + lane] = tally(lane)
        result.confusions[cell] += confusion
        targets.judge(
          index, model, lane, fits[lane].predicted, source.batch.validationLabels[lane])
      }
      result.done[cell] += count
    }
    showTriggers(index, count)
    guard let attack = targets.attack(of: index) else { return }
    for model in models[index] {
      for lane in 0..<count {
        result[study.position(index, model), offset + lane].target = targets.outcome(
          attack, model, lane)
      }
    }
  }

  /// Chooses the models of each condition: those of cells that lack the seeds, and of their partners.
  private mutating func choose(_ chunk: SeedChunk) {
    let isRun = partners.including((0..<study.cellCount).map(chunk.lacks))
    models = study.conditions.indices.map { condition in
      study.models.indices.filter { isRun[study.position(condition, $0)] }
    }
  }

  /// Brings the fits that the caller has not seen.
  private mutating func report(_ chunk: SeedChunk) {
    lastReport = .now
    queue.put(result.takeNew(chunk, partners: partners), of: chunk)
  }

  /// Shows the models of a condition the validation rows with the triggers of attacks.
  private mutating func showTriggers(_ index: Int, _ count: Int) {
    for attack in targets.triggers(of: index) {
      let aims = targets.aims(attack)
      for model in models[index] {
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

  private mutating func fit(
    _ condition: Int, _ model: Int, _ count: Int, finished: (Int) -> Void = { _ in }
  ) {
    guard study.conditions[condition].defense.training == nil else {
      for lane in 0..<count {
        let learner = study.learner(
          study.models[model], in: study.conditions[condition], seed: seed + UInt32(lane))
        if let learner { fits[lane].fit(learner, source.batch, lane, threads: threads) }
        finished(1)
      }
      return
    }
    workspaces[source.batchIndex * study.models.count + model].fit(
      source.batch, count: count, start: starts[study.position(condition, model)],
      threads: threads, into: &fits, finished: finished)
  }

  /// The numbers that are kept of a lane; its confusion matrix stays in `confusion`.
  private mutating func tally(_ lane: Int) -> FitTally {
    confusion.recount(
      truth: source.batch.validationLabels[lane], predicted: fits[lane].predicted)
    return FitTally(
      confusion, logLoss: fits[lane].logLoss, outcome: fits[lane].outcome,
      iterations: fits[lane].iterations, detection: source.detections[lane])
  }
}
