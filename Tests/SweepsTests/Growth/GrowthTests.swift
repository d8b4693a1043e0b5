import Datasets
import Defenses
import LinAlg
import Models
import Poisoning
import StudySupport
import Sweeps
import TestSupport
import Testing

/// Training sets that grow: nested, paired, and the same in batches, trials and stores.
struct GrowthTests {
  static let sources: [(RowSource, ScalerPolicy)] = [
    (.growing, .poisoned), (.growing, .trusted),
    (.generator(.gaussian, pool: 90, validation: 33), .poisoned),
    (.generator(.bootstrap, pool: 90, validation: 33), .trusted),
    (.generator(.copula, pool: 90, validation: 33), .poisoned),
  ]

  static let attacks = [
    "uniform", "pair", "flip:flow=add", "uniform:flow=add", "uniform:flow=delete", "deletion",
    "near", "relabel",
  ]

  static func study(
    _ source: RowSource, _ policy: ScalerPolicy = .poisoned, attacks: [String] = attacks,
    defenses: [String] = ["none"], models: [String] = []
  ) throws -> Study {
    let dataset = EmbeddedDataset.iris.load()
    let rows = [
      TrainingRows(attacked: 30), TrainingRows(attacked: 30, added: 7),
      TrainingRows(attacked: 30, added: 60), TrainingRows(attacked: 77),
    ]
    var conditions = [Condition(attack: UniformNoise(), level: .clean, rows: rows[2])]
    for attack in attacks {
      for defense in defenses {
        for rows in rows {
          conditions.append(
            Condition(
              attack: try AttackCatalog.attack(attack, for: dataset), level: try PoisonLevel(0.2),
              defense: try DefenseCatalog.chain(defense, for: dataset), rows: rows))
        }
      }
    }
    return try Study(
      dataset: dataset, validationShare: 0.4, scalerPolicy: policy, source: source,
      conditions: conditions, models: models.map { try ModelChoice($0) })
  }

  @Test(arguments: sources) func batchesHoldTrials(
    _ source: RowSource, _ policy: ScalerPolicy
  ) throws {
    let study = try Self.study(source, policy)
    var batches = BatchSource(study)
    let order = Array(study.conditions.indices)
    for (first, count) in [(UInt32(0), 4), (9, 2)] {
      batches.begin(firstSeed: first, count: count)
      for condition in order + order.reversed() {
        batches.poison(condition)
        for lane in 0..<count {
          let seed = first + UInt32(lane)
          let trial = study.trial(study.conditions[condition], seed: seed)
          let problem = batches.batch.problem(lane)
          let isSame =
            bits(problem.features) == bits(trial.problem.features)
            && bits(batches.batch.validationFeatures(lane)) == bits(trial.validationFeatures)
          let name: Comment = "condition \(condition), seed \(seed)"
          #expect(isSame, name)
          #expect(problem.labels == trial.problem.labels, name)
          #expect(batches.batch.validationLabels[lane] == trial.validationLabels, name)
          #expect(trial.training.count == study.trainingCounts[condition], name)
          #expect(trial.isPoisoned.count == trial.training.count, name)
        }
      }
    }
  }

  /// Counts of the engine against those of single trials, with defences, for any number of threads.
  @Test(.enabled(if: isOptimizedBuild), .tags(.slow)) func countsAreThoseOfTrials() throws {
    for source in [RowSource.growing, .generator(.gaussian, pool: 90, validation: 50)] {
      let study = try Self.study(
        source, attacks: ["uniform", "pair"], defenses: ["none", "knn-relabel", "lof"],
        models: ModelCatalog.names)
      let block = try #require(StudyEngine(study, threads: 2).collect(seedCount: 21).blocks.first)
      let alone = try #require(StudyEngine(study, threads: 1).collect(seedCount: 21).blocks.first)
      #expect(block == alone)
      for seed in 0..<21 {
        for (index, result) in study.results(seed: UInt32(seed)).enumerated() {
          #expect(Int(block.cells[index].correct[seed]) == result.confusion.correct)
        }
      }
    }
  }

  /// Small sets are in large ones, row for row, and poisoned rows of few are poisoned among more.
  @Test(arguments: [RowSource.growing, .generator(.gaussian, pool: 90, validation: 33)])
  func setsAreNested(_ source: RowSource) throws {
    let study = try Self.study(source, attacks: ["uniform"])
    let trials = study.conditions.dropFirst().map { study.trial($0, seed: 5) }
    let clean = study.trial(study.conditions[0], seed: 5)
    for (shorter, longer) in [(trials[0], trials[1]), (trials[1], trials[2])] {
      let count = shorter.training.count
      #expect(Array(longer.training.labels.prefix(count)) == shorter.training.labels)
      let start = longer.training.features.elements.prefix(shorter.training.features.elements.count)
      #expect(Array(start) == shorter.training.features.elements)
    }
    // What follows the attacked rows is clean.
    #expect(
      trials[2].training.features.elements.dropFirst(30 * 4)
        == clean.training.features.elements.dropFirst(30 * 4))
    #expect(trials[2].isPoisoned.dropFirst(30).allSatisfy { !$0 })
    #expect(trials[2].isPoisoned.count { $0 } == 6)
    let small = trials[0].isPoisoned.indices.filter { trials[0].isPoisoned[$0] }
    let large = trials[3].isPoisoned.indices.filter { trials[3].isPoisoned[$0] && $0 < 30 }
    // One order poisons both: of 30 and of 77 rows the first 6 and 15 among those that are there.
    #expect(Set(small).isSubset(of: large) || Set(large).isSubset(of: small))
  }

  /// Every beginning of a growing split has its share of the classes, to within one row.
  @Test func beginningsHaveTheirShareOfClasses() throws {
    let study = try Study(
      dataset: EmbeddedDataset.wine.load(), validationShare: 0.25, source: .growing,
      conditions: (5...60).map {
        Condition(attack: UniformNoise(), level: .clean, rows: TrainingRows(attacked: $0))
      }, models: [])
    let all = try Study(
      dataset: study.dataset, validationShare: 0.25, conditions: [], models: []
    ).trial(Condition(attack: UniformNoise(), level: .clean), seed: 4)
    let shares = all.training.classCounts.map { Double($0) / Double(all.training.count) }
    for condition in study.conditions {
      let trial = study.trial(condition, seed: 4)
      for (count, share) in zip(trial.training.classCounts, shares) {
        #expect(abs(Double(count) - share * Double(trial.training.count)) <= 1)
      }
      #expect(Set(trial.training.rowIDs).isSubset(of: all.training.rowIDs))
      #expect(Set(trial.training.rowIDs).isDisjoint(with: trial.split.validation))
    }
  }

  /// More rows than there are, and rows without a source that grows.
  @Test func rowsThatAreNotThereAreRefused() throws {
    let iris = EmbeddedDataset.iris.load()
    for (source, rows) in [
      (RowSource.growing, TrainingRows(attacked: 100, added: 21)),
      (.generator(.gaussian, pool: 50, validation: 9), TrainingRows(attacked: 51)),
      (.split, TrainingRows(attacked: 10)), (.growing, TrainingRows(attacked: 0)),
    ] {
      #expect(throws: SweepsError.self) {
        _ = try Study(
          dataset: iris, validationShare: 0.2, source: source,
          conditions: [Condition(attack: UniformNoise(), level: .clean, rows: rows)], models: [])
      }
    }
  }
}
