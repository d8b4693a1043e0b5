import Datasets
import LinAlg
import Models
import Poisoning
import StudySupport
import Sweeps
import TestSupport
import Testing

/// Studies of data with gaps and texts.
struct EncodedStudyTests {
  private static func study(
    _ dataset: Dataset, scaler: ScalerKind = .standard, source: RowSource = .split,
    trustedShare: Double = 0.1, _ conditions: [Condition], models: [String] = []
  ) throws -> Study {
    try Study(
      dataset: dataset, validationShare: 0.3, trustedShare: trustedShare, scaler: scaler,
      source: source, conditions: conditions, models: models.map { try ModelChoice($0) })
  }

  /// Four lanes at a time fill gaps, and forget unknown texts, as one split does, bit by bit.
  @Test(arguments: ScalerKind.allCases)
  func batchesHoldTrials(_ scaler: ScalerKind) throws {
    let dataset = try EncodedSample.dataset()
    let study = try Self.study(
      dataset, scaler: scaler,
      conditions(
        ["uniform", "flip", "shuffle", "backdoor:features=region=atlantis", "collision"],
        [0, 0.2], for: dataset))
    var source = BatchSource(study)
    for first in [UInt32(0), 40] {
      source.begin(firstSeed: first, count: 4)
      for condition in study.conditions.indices {
        source.poison(condition)
        for lane in 0..<4 {
          let trial = study.trial(study.conditions[condition], seed: first + UInt32(lane))
          let problem = source.batch.problem(lane)
          #expect(bits(problem.features) == bits(trial.problem.features), "\(condition), \(lane)")
          #expect(
            bits(source.batch.validationFeatures(lane)) == bits(trial.validationFeatures),
            "\(condition), \(lane)")
          #expect(problem.features.elements.allSatisfy { $0.isFinite })
        }
      }
    }
  }

  @Test func growingSetsHoldTrials() throws {
    let dataset = try EncodedSample.dataset()
    let rows = [10, 30].map { TrainingRows(attacked: $0, added: 5) }
    let attack = try AttackCatalog.attack("uniform", for: dataset)
    let study = try Self.study(
      dataset, source: .growing, trustedShare: 0,
      try rows.map { Condition(attack: attack, level: try PoisonLevel(0.2), rows: $0) })
    var source = BatchSource(study)
    source.begin(firstSeed: 5, count: 4)
    for condition in study.conditions.indices {
      source.poison(condition)
      for lane in 0..<4 {
        let trial = study.trial(study.conditions[condition], seed: 5 + UInt32(lane))
        #expect(bits(source.batch.problem(lane).features) == bits(trial.problem.features))
      }
    }
  }

  /// Counts of sweeps are those of single fits.
  @Test func countsAreThoseOfTrials() throws {
    let dataset = try EncodedSample.dataset()
    let study = try Self.study(
      dataset, conditions(["uniform"], [0, 0.2], for: dataset), models: ["softmax", "knn"])
    let block = try #require(StudyEngine(study, threads: 2).collect(seedCount: 9).blocks.first)
    for seed in 0..<9 {
      for (index, result) in study.results(seed: UInt32(seed)).enumerated() {
        #expect(Int(block.cells[index].correct[seed]) == result.confusion.correct)
      }
    }
  }

  /// Nothing of validation rows enters a model: neither their numbers, nor their gaps, nor their texts.
  @Test func validationRowsTeachNothing() throws {
    let dataset = try EncodedSample.dataset()
    let clean = [Condition.clean()]
    for seed in [UInt32(0), 1, 2] {
      let trial = try Self.study(dataset, clean).trial(.clean(), seed: seed)
      let hidden = Set(trial.split.validation + trial.split.trusted)
      let other = try EncodedSample.dataset { row in
        // The one row of a rare text keeps the columns as they are.
        guard hidden.contains(row), row != 11 else { return EncodedSample.fields(row) }
        return ["", "999", "east", "no", "d", "2021-01-01", "z1"]
      }
      #expect(other.digest != dataset.digest && other.featureNames == dataset.featureNames)
      let changed = try Self.study(other, clean).trial(.clean(), seed: seed)
      #expect(bits(changed.problem.features) == bits(trial.problem.features))
      #expect(changed.scaler == trial.scaler)
      let model = try ModelChoice("softmax")
      let fits = [trial, changed].map { $0.evaluate(model.learner).model as? SoftmaxModel }
      #expect(fits[0]?.coefficients == fits[1]?.coefficients && fits[0] != nil)
    }
  }

  /// A text that only validation rows have is one of none of the training rows.
  @Test func unknownTextsAreNone() throws {
    let dataset = try EncodedSample.dataset()
    let study = try Self.study(dataset, [.clean()])
    let rare = try #require(dataset.featureNames.firstIndex(of: "region=atlantis"))
    let seed = try #require(
      (UInt32(0)..<50).first { study.trial(.clean(), seed: $0).split.validation.contains(11) })
    let trial = study.trial(.clean(), seed: seed)
    #expect((0..<trial.validation.count).allSatisfy { trial.validation.features[$0, rare] == 0 })
    #expect(trial.validation.features.elements.allSatisfy { $0.isFinite })
  }
}
