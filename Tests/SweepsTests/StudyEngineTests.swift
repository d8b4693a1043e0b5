import Datasets
import LinAlg
import Models
import Poisoning
import Statistics
import StudySupport
import Sweeps
import Testing

struct StudyEngineTests {
  private static func study(
    attacks: [String] = ["uniform", "flip", "relabel", "out-of-range"],
    shares: [Double] = [0, 0.1], models: [String] = ModelCatalog.names
  ) throws -> Study {
    let dataset = EmbeddedDataset.iris.load()
    return try Study(
      dataset: dataset, conditions: conditions(attacks, shares, for: dataset),
      models: models.map { kind in try ModelChoice(kind) })
  }

  /// More than one block, the last of a number of seeds that fills neither chunk nor lanes.
  private static let seedCount = SeedBlock.capacity + 45

  @Test func threadsDoNotMatter() throws {
    let study = try Self.study(
      attacks: ["uniform", "relabel"], models: ["softmax", "rbf-svm", "knn"])
    let one = StudyEngine(study, threads: 1).collect(seedCount: Self.seedCount)
    #expect(one.blocks.map(\.seedCount) == [SeedBlock.capacity, 45])
    #expect(one.blocks.allSatisfy { $0.cells.count == 4 * 3 })
    for threads in [2, 7] {
      let several = StudyEngine(study, threads: threads).collect(seedCount: Self.seedCount)
      #expect(several.blocks == one.blocks, "\(threads) threads")
      #expect(several.cells.map(SummaryContent.init) == one.cells.map(SummaryContent.init))
    }
  }

  @Test(arguments: [1, 2, 3, 5, 31, 32, 33, 100])
  func aSeedIsTheSameInEveryRun(_ first: Int) throws {
    let study = try Self.study(attacks: ["uniform"])
    let whole = try #require(StudyEngine(study, threads: 2).collect(seedCount: 140).blocks.first)
    let part = try #require(
      StudyEngine(study, firstSeed: UInt32(first), threads: 2)
        .collect(seedCount: 140 - first).blocks.first)
    let start = try #require(StudyEngine(study, threads: 2).collect(seedCount: first).blocks.first)
    for (cell, all) in whole.cells.enumerated() {
      #expect(start.cells[cell].correct + part.cells[cell].correct == all.correct)
      let (a, b, sum) = (start.cells[cell].tally, part.cells[cell].tally, all.tally)
      #expect(a.iterationSum + b.iterationSum == sum.iterationSum)
      #expect(a.confusion.counts[0] + b.confusion.counts[0] == sum.confusion.counts[0])
    }
  }

  /// Whatever cells have of whatever blocks, the same blocks come out, and only what is missing is run.
  @Test(arguments: [
    [0: [1024, 1024, 1024, 1024]], [0: [1024, 0, 1024, 1024], 1: [1024, 1024, 1024, 1024]],
    [0: [10, 10, 10, 10]], [0: [37, 12, 0, 1024], 2: [0, 0, 0, 3]], [1: [0, 0, 1024, 1024]],
  ])
  func resumingGivesTheSameBlocks(_ finished: [Int: [Int]]) throws {
    let study = try Self.study(attacks: ["flip"], models: ["softmax", "knn"])
    let engine = StudyEngine(study, firstSeed: 9, threads: 2)
    let count = 2 * SeedBlock.capacity + 5
    let whole = engine.collect(seedCount: count).blocks
    let plan = BlockPlan(study, seedCount: count, finished: finished)
    #expect(plan.fitCount == count * 4)
    #expect(plan.finishedFitCount == finished.values.reduce(0) { $0 + $1.reduce(0, +) })
    var blocks: [SeedBlock] = []
    var ran = 0
    engine.run(
      plan,
      cells: { work in
        // Cells over their first seeds are those of a run of so many seeds.
        let block = whole[work.index]
        return block.cells.indices.map { cell in
          let there = finished[work.index]?[cell] ?? 0
          guard there < block.seedCount else { return block.cells[cell] }
          guard there > 0 else {
            return SeedBlock.Cell(correct: [], tally: CellTally(classCount: 3))
          }
          return StudyEngine(
            study, firstSeed: 9 + UInt32(work.index * SeedBlock.capacity), threads: 1
          ).collect(seedCount: there).blocks[0].cells[cell]
        }
      },
      checkpoint: { checkpoint in
        #expect(checkpoint.unequal == nil)
        ran = checkpoint.fitCount
      },
      willContinue: { block in
        blocks.append(block)
        return true
      })
    #expect(ran == plan.fitCount - plan.finishedFitCount)
    let missing = whole.filter { block in
      (finished[block.index] ?? [0]).contains { $0 < block.seedCount }
    }
    #expect(blocks == missing)
  }

  @Test func countsAreThoseOfSingleTrials() throws {
    let study = try Self.study()
    let engine = StudyEngine(study, firstSeed: 40, threads: 2)
    let block = try #require(engine.collect(seedCount: 6).blocks.first)
    for offset in 0..<6 {
      let seed = UInt32(40 + offset)
      for (index, result) in study.results(seed: seed).enumerated() {
        #expect(Int(block.cells[index].correct[offset]) == result.confusion.correct)
        let condition = study.conditions[index / study.models.count]
        let model = study.models[index % study.models.count]
        #expect(study.trial(condition, seed: seed).evaluate(model.learner).result == result)
      }
    }
  }

  @Test func summariesAddUpTheirSeeds() throws {
    let study = try Self.study()
    let cells = StudyEngine(study, threads: 2).summaries(seedCount: 20)
    let results = (0..<20).map { study.results(seed: UInt32($0)) }
    let models = study.models.count
    try #require(cells.count == study.conditions.count * models)
    for (index, cell) in cells.enumerated() {
      let condition = study.conditions[index / models]
      #expect(cell.attackName == condition.attackName && cell.level == condition.level)
      #expect(cell.model == study.models[index % models].model)
      var sums = [0, 0, 0, 0]
      var (f1, f1Drop, loss) = (RunningMoments(), RunningMoments(), RunningMoments())
      var confusion = ConfusionMatrix(classCount: 3)
      for seedResults in results {
        let (own, clean) = (seedResults[index].confusion, seedResults[index % models].confusion)
        let drop = clean.correct - own.correct
        sums[0] += own.correct
        sums[1] += own.correct * own.correct
        sums[2] += drop
        sums[3] += drop * drop
        f1.add(own.macroF1)
        f1Drop.add(clean.macroF1 - own.macroF1)
        if let value = seedResults[index].logLoss { loss.add(value) }
        confusion += own
      }
      let accuracy = RunningMoments(count: 20, sum: sums[0], squareSum: sums[1], divisor: 30)
      let drop = RunningMoments(count: 20, sum: sums[2], squareSum: sums[3], divisor: 30)
      #expect(cell.accuracy == accuracy && cell.accuracyDrop == drop)
      #expect(cell.confusion == confusion)
      // Means of 20 numbers below 1, added in the same order up to one merge of moments.
      #expect(cell[.macroF1].count == 20 && cell[.macroF1Drop].count == 20)
      #expect(abs(cell[.macroF1].mean - f1.mean) <= 1e-12)
      #expect(abs(cell[.macroF1Drop].mean - f1Drop.mean) <= 1e-12)
      // Both fits end at a gradient of 1e-8, on scaled features.
      #expect(cell[.logLoss].count == loss.count)
      #expect(loss.count == (cell.model == "softmax" ? 20 : 0))
      #expect(abs(cell[.logLoss].mean - loss.mean) <= 1e-7)
      #expect(
        cell.unconvergedCount == results.filter { !$0[index].report.hasConverged }.count)
      if cell.model != "softmax" {
        // Newton's method may start elsewhere; the other solvers take the same steps.
        let iterations = results.reduce(0) { $0 + $1[index].report.iterations }
        #expect(cell.tally.iterationSum == iterations)
      }
    }
  }

  @Test func dropsNeedACleanCondition() throws {
    let with = try Self.study(attacks: ["flip"], shares: [0.1, 0], models: ["knn"])
    let cells = StudyEngine(with, threads: 1).summaries(seedCount: 10)
    #expect(cells.allSatisfy { $0.accuracyDrop.count == 10 && $0[.macroF1Drop].count == 10 })
    #expect(cells[1].accuracyDrop.mean == 0 && cells[1].accuracyDrop.standardDeviation == 0)

    let without = try Self.study(attacks: ["flip"], shares: [0.1], models: ["knn"])
    let dropless = StudyEngine(without, threads: 1).summaries(seedCount: 10)
    #expect(dropless.allSatisfy { $0.accuracyDrop.count == 0 && $0[.macroF1Drop].count == 0 })
    #expect(dropless[0].accuracy == cells[0].accuracy)
  }

  @Test(arguments: [1, 2, 5]) func blocksComeInOrder(_ threads: Int) throws {
    let study = try Self.study(attacks: ["flip"], models: ["knn"])
    let count = 6 * SeedBlock.capacity + 1
    let blocks = StudyEngine(study, firstSeed: 5, threads: threads).collect(seedCount: count).blocks
    #expect(blocks.map(\.index) == Array(0..<7))
    #expect(blocks.dropLast().allSatisfy { $0.seedCount == SeedBlock.capacity })
    #expect(blocks.last?.seedCount == 1)
  }

  @Test func canBeStoppedEarly() throws {
    let engine = StudyEngine(
      try Self.study(attacks: ["flip"], models: ["knn"]), threads: 2)
    var blocks = 0
    engine.run(seedCount: 1_000_000_000) { _ in
      blocks += 1
      return blocks < 2
    }
    #expect(blocks == 2)
  }

  private struct Refusal: Error {}

  @Test func passesErrorsOn() throws {
    let engine = StudyEngine(
      try Self.study(attacks: ["flip"], models: ["knn"]), threads: 2)
    #expect(throws: Refusal.self) {
      try engine.run(seedCount: 1_000_000_000) { _ throws(Refusal) in throw Refusal() }
    }
  }

  @Test func runsTheLastSeedAndNone() throws {
    let study = try Self.study(attacks: ["flip"], models: ["knn"])
    let last = StudyEngine(study, firstSeed: .max, threads: 1).collect(seedCount: 1).blocks
    let expected = study.results(seed: .max).map { [UInt32($0.confusion.correct)] }
    #expect(last.map { $0.cells.map(\.correct) } == [expected])
    let (blocks, cells) = StudyEngine(study, threads: 1).collect(seedCount: 0)
    #expect(blocks.isEmpty && cells.count == 2 && cells[0].accuracy.count == 0)
  }

  @Test func seedsFit32Bits() async {
    await #expect(processExitsWith: .failure) {
      let study = try StudyEngineTests.study(models: ["knn"])
      _ = StudyEngine(study, firstSeed: .max, threads: 1).collect(seedCount: 2)
    }
    await #expect(processExitsWith: .failure) {
      let study = try StudyEngineTests.study(models: ["knn"])
      _ = StudyEngine(study, threads: 1).collect(seedCount: -1)
    }
    await #expect(processExitsWith: .failure) {
      let study = try StudyEngineTests.study(models: ["knn"])
      _ = StudyEngine(study, threads: 0)
    }
  }
}
