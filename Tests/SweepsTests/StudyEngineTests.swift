import Datasets
import LinAlg
import Models
import Poisoning
import Sweeps
import Testing

struct StudyEngineTests {
  private static func study(
    attacks: [String] = ["uniform", "flip", "relabel", "out-of-range"],
    shares: [Double] = [0, 0.1], models: [ModelKind] = ModelKind.allCases
  ) throws -> Study {
    let dataset = EmbeddedDataset.iris.load()
    return try Study(
      dataset: dataset, conditions: conditions(attacks, shares, for: dataset),
      models: models.map { kind in try ModelChoice(kind) })
  }

  /// 300 seeds: more than one block.
  @Test func threadsDoNotMatter() throws {
    let study = try Self.study(attacks: ["uniform", "relabel"], models: [.softmax, .rbfSVM, .kNN])
    let one = StudyEngine(study, threads: 1).collect(count: 300)
    #expect(one.results.count == 300 && one.results.allSatisfy { $0.count == 4 * 3 })
    for threads in [2, 7] {
      let several = StudyEngine(study, threads: threads).collect(count: 300)
      #expect(several.results == one.results, "\(threads) threads")
      #expect(several.cells.map(SummaryContent.init) == one.cells.map(SummaryContent.init))
    }
  }

  @Test(arguments: [1, 100, 255, 256, 257])
  func seedsCanBeSplitBetweenRuns(_ first: Int) throws {
    let engine = StudyEngine(try Self.study(attacks: ["flip"], models: [.kNN]), threads: 2)
    let whole = engine.collect(count: 300).results
    let parts =
      engine.collect(count: first).results
      + engine.collect(firstSeed: UInt32(first), count: 300 - first).results
    #expect(parts == whole)
  }

  @Test func resultsAreThoseOfSingleTrials() throws {
    let study = try Self.study()
    let results = StudyEngine(study, threads: 2).collect(firstSeed: 40, count: 3).results
    for (offset, seedResults) in results.enumerated() {
      let seed = UInt32(40 + offset)
      #expect(seedResults == study.results(seed: seed))
      for (index, result) in seedResults.enumerated() {
        let condition = study.conditions[index / study.models.count]
        let model = study.models[index % study.models.count]
        #expect(study.trial(condition, seed: seed).evaluate(model.learner).result == result)
      }
    }
  }

  @Test func summariesAddUpTheirSeeds() throws {
    let study = try Self.study()
    let (results, cells) = StudyEngine(study, threads: 2).collect(count: 20)
    let models = study.models.count
    try #require(cells.count == study.conditions.count * models)
    for (index, cell) in cells.enumerated() {
      let condition = study.conditions[index / models]
      #expect(cell.attackName == condition.attackName && cell.level == condition.level)
      #expect(cell.model == study.models[index % models].kind)
      var (accuracy, drop, f1Drop) = (RunningMoments(), RunningMoments(), RunningMoments())
      var confusion = ConfusionMatrix(classCount: 3)
      for seedResults in results {
        let (own, clean) = (seedResults[index], seedResults[index % models])
        accuracy.add(own.confusion.accuracy)
        drop.add(clean.confusion.accuracy - own.confusion.accuracy)
        f1Drop.add(clean.confusion.macroF1 - own.confusion.macroF1)
        confusion += own.confusion
      }
      #expect(cell.accuracy == accuracy && cell.confusion == confusion)
      #expect(cell.accuracyDrop == drop && cell.macroF1Drop == f1Drop)
      #expect(cell.macroF1.count == 20)
      #expect(cell.logLoss.count == (cell.model == .softmax ? 20 : 0))
      #expect(
        cell.unconvergedCount == results.filter { !$0[index].report.hasConverged }.count)
    }
  }

  @Test func dropsNeedACleanCondition() throws {
    let with = try Self.study(attacks: ["flip"], shares: [0.1, 0], models: [.kNN])
    let cells = StudyEngine(with, threads: 1).collect(count: 10).cells
    #expect(cells.allSatisfy { $0.accuracyDrop.count == 10 && $0.macroF1Drop.count == 10 })
    #expect(cells[1].accuracyDrop.mean == 0 && cells[1].accuracyDrop.standardDeviation == 0)

    let without = try Self.study(attacks: ["flip"], shares: [0.1], models: [.kNN])
    let dropless = StudyEngine(without, threads: 1).collect(count: 10).cells
    #expect(dropless.allSatisfy { $0.accuracyDrop.count == 0 && $0.macroF1Drop.count == 0 })
    #expect(dropless[0].accuracy == cells[0].accuracy)
  }

  @Test func blocksComeInOrder() throws {
    let study = try Self.study(attacks: ["flip"], models: [.kNN])
    var firstSeeds: [UInt32] = []
    var sizes: [Int] = []
    let cells = StudyEngine(study, threads: 2).run(firstSeed: 5, count: 600) { block in
      firstSeeds.append(block.firstSeed)
      sizes.append(block.results.count)
      return true
    }
    #expect(cells?.first?.accuracy.count == 600)
    #expect(sizes.reduce(0, +) == 600 && sizes.count > 1)
    for (index, first) in firstSeeds.enumerated() {
      #expect(Int(first) == 5 + sizes.prefix(index).reduce(0, +))
    }
  }

  @Test func canBeStoppedEarly() throws {
    let engine = StudyEngine(
      try Self.study(attacks: ["flip"], models: [.kNN]), threads: 2)
    var blocks = 0
    let cells = engine.run(count: 2000) { _ in
      blocks += 1
      return blocks < 2
    }
    #expect(cells == nil && blocks == 2)
  }

  private struct Refusal: Error {}

  @Test func passesErrorsOn() throws {
    let engine = StudyEngine(
      try Self.study(attacks: ["flip"], models: [.kNN]), threads: 2)
    #expect(throws: Refusal.self) {
      try engine.run(count: 600) { _ throws(Refusal) in throw Refusal() }
    }
  }

  @Test func runsTheLastSeedAndNone() throws {
    let study = try Self.study(attacks: ["flip"], models: [.kNN])
    let engine = StudyEngine(study, threads: 1)
    #expect(
      engine.collect(firstSeed: .max, count: 1).results == [study.results(seed: .max)])
    let (results, cells) = engine.collect(count: 0)
    #expect(results.isEmpty && cells.count == 2 && cells[0].accuracy.count == 0)
  }

  @Test func seedsFit32Bits() async {
    await #expect(processExitsWith: .failure) {
      let study = try StudyEngineTests.study(models: [.kNN])
      _ = StudyEngine(study, threads: 1).collect(firstSeed: .max, count: 2)
    }
    await #expect(processExitsWith: .failure) {
      let study = try StudyEngineTests.study(models: [.kNN])
      _ = StudyEngine(study, threads: 0)
    }
  }
}
