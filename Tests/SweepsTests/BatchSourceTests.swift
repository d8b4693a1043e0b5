import Datasets
import LinAlg
import Models
import Poisoning
import StudySupport
import Sweeps
import TestSupport
import Testing

/// Batches against the trials whose rows they hold, bit by bit.
struct BatchSourceTests {
  private static func study(
    _ embedded: EmbeddedDataset, _ scaler: ScalerKind, _ policy: ScalerPolicy, share: Double = 0.3,
    attacks: [String] = attackTexts, shares: [Double] = [0, 0.1, 0.4],
    models: [String] = []
  ) throws -> Study {
    let dataset = embedded.load()
    return try Study(
      dataset: dataset, validationShare: share, trustedShare: policy == .vouched ? 0.1 : 0,
      scaler: scaler, scalerPolicy: policy,
      conditions: possibleConditions(attacks, shares, for: dataset, validationShare: share),
      models: models.map { kind in try ModelChoice(kind) })
  }

  /// The trials of a study, each made once: a batch is held against the same one many times.
  private struct Trials {
    let study: Study
    private var made: [[Int]: Trial] = [:]

    init(_ study: Study) { self.study = study }

    subscript(_ condition: Int, _ seed: UInt32) -> Trial {
      mutating get {
        let key = [condition, Int(seed)]
        if let trial = made[key] { return trial }
        let trial = study.trial(study.conditions[condition], seed: seed)
        made[key] = trial
        return trial
      }
    }
  }

  private static func expectTrial(
    _ trials: inout Trials, _ condition: Int, _ seed: UInt32, _ batch: SeedBatch, _ lane: Int,
    sourceLocation: SourceLocation = #_sourceLocation
  ) {
    let trial = trials[condition, seed]
    let problem = batch.problem(lane)
    let name: Comment = "condition \(condition), seed \(seed), lane \(lane)"
    let isSame =
      bits(problem.features) == bits(trial.problem.features)
      && bits(batch.validationFeatures(lane)) == bits(trial.validationFeatures)
    #expect(isSame, name, sourceLocation: sourceLocation)
    #expect(problem.labels == trial.problem.labels, name, sourceLocation: sourceLocation)
    #expect(problem.weights == trial.problem.weights, name, sourceLocation: sourceLocation)
    #expect(
      batch.validationLabels[lane] == trial.validationLabels, name, sourceLocation: sourceLocation)
  }

  /// Conditions forwards, backwards and one twice: a batch does not depend on what it held before.
  @Test(
    arguments: [EmbeddedDataset.iris, .wine],
    ScalerKind.allCases.flatMap { kind in ScalerPolicy.allCases.map { (kind, $0) } })
  func batchesHoldTrials(
    _ embedded: EmbeddedDataset, _ scaling: (kind: ScalerKind, policy: ScalerPolicy)
  ) throws {
    let study = try Self.study(embedded, scaling.kind, scaling.policy)
    var source = BatchSource(study)
    var trials = Trials(study)
    let order = Array(study.conditions.indices)
    for (first, count) in [(UInt32(0), 4), (7, 3), (.max, 1), (100, 2)] {
      source.begin(firstSeed: first, count: count)
      for condition in order + [2, 2, 0] + order.reversed() {
        source.poison(condition)
        for lane in 0..<4 {
          let seed = lane < count ? first + UInt32(lane) : first
          Self.expectTrial(&trials, condition, seed, source.batch, lane)
        }
      }
    }
  }

  /// Batches of as many rows are shared, whatever the attack and flow; others are apart.
  @Test func conditionsOfOneSizeShareABatch() throws {
    let study = try Self.study(.iris, .standard, .poisoned)
    var source = BatchSource(study)
    #expect(source.shapes[0].sampleCount == study.trainingCount)
    #expect(Set(source.shapes.map(\.sampleCount)).count == source.shapes.count)
    #expect(Set(source.shapes.map(\.sampleCount)) == Set(study.trainingCounts))
    source.begin(firstSeed: 1, count: 4)
    for condition in study.conditions.indices {
      source.poison(condition)
      #expect(source.batch.shape.sampleCount == study.trainingCounts[condition])
    }
  }

  /// Attacks that train models or aim at rows, in every flow they have, levels mixed.
  @Test(arguments: learningAttackTexts)
  func batchesHoldTrialsOfLearningAttacks(_ attack: String) throws {
    let study = try Self.study(
      .iris, .standard, .poisoned, attacks: [attack, "uniform"], shares: [0.1, 0, 0.05])
    let digest = study.dataset.digest
    var source = BatchSource(study)
    var trials = Trials(study)
    let order = Array(study.conditions.indices)
    for (first, count) in [(UInt32(3), 4), (50, 1)] {
      source.begin(firstSeed: first, count: count)
      for condition in order + order.reversed() {
        source.poison(condition)
        for lane in 0..<count {
          Self.expectTrial(&trials, condition, first + UInt32(lane), source.batch, lane)
        }
      }
    }
    #expect(study.dataset.digest == digest)
  }

  @Test(.enabled(if: isOptimizedBuild), .tags(.slow)) func batchesHoldTrialsOfDigits() throws {
    let study = try Self.study(
      .digits, .standard, .poisoned, attacks: attackTexts.filter { !$0.hasPrefix("noise-matrix") },
      shares: [0, 0.2])
    var source = BatchSource(study)
    var trials = Trials(study)
    source.begin(firstSeed: 3, count: 4)
    for condition in study.conditions.indices {
      source.poison(condition)
      for lane in 0..<4 {
        Self.expectTrial(&trials, condition, 3 + UInt32(lane), source.batch, lane)
      }
    }
  }

  /// Counts of all cells against those of single trials.
  ///
  /// No row of these fixed seeds is a near-tie, so not one count differs.
  @Test(
    .enabled(if: isOptimizedBuild), .tags(.slow),
    arguments: [
      (EmbeddedDataset.iris, ScalerKind.standard, ScalerPolicy.poisoned, 300),
      (.iris, .none, .poisoned, 40), (.iris, .robust, .trusted, 40),
      (.wine, .standard, .trusted, 20), (.breastCancer, .standard, .poisoned, 4),
    ])
  func countsAreThoseOfTrials(
    _ embedded: EmbeddedDataset, _ scaler: ScalerKind, _ policy: ScalerPolicy, _ seedCount: Int
  ) throws {
    let study = try Self.study(
      embedded, scaler, policy, attacks: ["uniform", "flip", "relabel", "out-of-range"],
      shares: [0, 0.1], models: ModelCatalog.names)
    let block = try #require(
      StudyEngine(study, threads: 2).collect(seedCount: seedCount).blocks.first)
    for seed in 0..<seedCount {
      for (index, result) in study.results(seed: UInt32(seed)).enumerated() {
        let count = Int(block.cells[index].correct[seed])
        #expect(count == result.confusion.correct, "seed \(seed), cell \(index)")
      }
    }
  }
}
