import Datasets
import Defenses
import LinAlg
import Models
import Poisoning
import Statistics
import Store
import StudySupport
import Sweeps
import TestSupport
import Testing

@Suite(.enabled(if: isOptimizedBuild, "takes 200,000 fits"))
struct StudyRunTests {
  private static func study() throws -> Study {
    let dataset = EmbeddedDataset.iris.load()
    return try Study(
      dataset: dataset, conditions: conditions(["flip"], [0, 0.1], for: dataset),
      models: [try ModelChoice("knn")])
  }

  private static func run(
    _ study: Study, _ extent: SweepExtent, in path: String
  ) throws -> (cells: [SummaryContent], seeds: Int, end: StudyRun.End, ran: Int) {
    let store = try SweepStore(writing: path, study, program: "tests", version: "1")
    var run = try StudyRun(study, StudyRequest(.sweep, extent), in: store)
    let before = run.storedFitCount
    var reached = before
    let end = try run.run(
      threads: 2, commit: { body throws(StoreError) in try body() },
      didAdvance: { reached = $0.fitCount })
    try store.close()
    return (run.cells.map(SummaryContent.init), run.seedCount, end, reached - before)
  }

  /// Blocks that are there come between those that are run.
  @Test(arguments: [[0], [1], [0, 2], [1, 2], [3], [0, 1, 2, 3]])
  func fillsGaps(_ present: Set<Int>) throws {
    let study = try Self.study()
    let count = 3 * SeedBlock.capacity + 5
    try withStorePath { path in
      let store = try SweepStore(writing: path, study, program: "tests", version: "1")
      var whole = study.emptyCells
      try StudyEngine(study, threads: 2).run(seedCount: count) { block in
        whole.add(block)
        if present.contains(block.index) { try store.commit(block, seconds: 0) }
        return true
      }
      let stored = try store.finishedBlocks().values.reduce(0, +)
      try store.close()
      let swept = try Self.run(study, .seeds(count), in: path)
      #expect(swept.cells == whole.map(SummaryContent.init))
      #expect(swept.end == .complete && swept.seeds == count)
      #expect(swept.ran == (count - stored) * study.cellCount)
    }
  }

  @Test func moreSeedsContinueABlock() throws {
    let study = try Self.study()
    try withStorePath { path in
      #expect(try Self.run(study, .seeds(100), in: path).seeds == 100)
      let more = try Self.run(study, .seeds(1_500), in: path)
      #expect(more.ran == 1_400 * study.cellCount && more.seeds == 1_500)
      let whole = StudyEngine(study, threads: 1).summaries(seedCount: 1_500)
      #expect(more.cells == whole.map(SummaryContent.init))
      // What is there with more seeds counts as it is.
      let fewer = try Self.run(study, .seeds(100), in: path)
      #expect(fewer.ran == 0 && fewer.seeds == SeedBlock.capacity)
    }
  }

  /// More levels, attacks, defences and models run only what is not there, and everything is as if it had
  /// been asked for at once.
  @Test func aStudyIsExtended() throws {
    let dataset = EmbeddedDataset.iris.load()
    let study = { (attacks: [String], levels: [Double], models: [String], defense: String) in
      try Study(
        dataset: dataset,
        conditions: [.clean()] + conditions(attacks, levels, for: dataset)
          + (defense == "none"
            ? []
            : conditions(["flip"], [0.1], for: dataset).map {
              Condition(
                attack: $0.attack, level: $0.level,
                defense: try DefenseCatalog.chain(defense, for: dataset))
            }),
        models: models.map { try ModelChoice($0) })
    }
    let first = try study(["flip"], [0.1], ["knn"], "none")
    let second = try study(
      ["flip", "backdoor"], [0.1, 0.2], ["knn", "softmax:C=10"], "knn-relabel")
    try withStorePath { path in
      _ = try Self.run(first, .seeds(60), in: path)
      let more = try Self.run(second, .seeds(100), in: path)
      #expect(more.ran == 100 * second.cellCount - 60 * first.cellCount)
      let fresh = try withStorePath { try Self.run(second, .seeds(100), in: $0) }
      #expect(more.cells == fresh.cells)
      let store = try SweepStore(reading: path)
      #expect(store.cells.count == second.cellCount)
      #expect(try store.study(of: dataset).cellCount == second.cellCount)
      // The first study again is there as it was.
      let again = try Self.run(first, .seeds(60), in: path)
      #expect(again.ran == 0 && again.seeds == 100)
    }
  }

  /// The clean cell and the one without defences come after what is compared with them.
  @Test func whatCellsAreComparedWithMayComeLater() throws {
    let dataset = EmbeddedDataset.iris.load()
    let attacked = try conditions(["flip"], [0.1], for: dataset)
    let defended = try attacked.map {
      Condition(
        attack: $0.attack, level: $0.level,
        defense: try DefenseCatalog.chain("knn-relabel", for: dataset))
    }
    let studies = try [defended, defended + attacked, [.clean()] + defended + attacked].map {
      try Study(dataset: dataset, conditions: $0, models: [try ModelChoice("knn")])
    }
    try withStorePath { path in
      // Of each study the new cell is run, and those that it is new for.
      for (study, ran) in zip(studies, [60, 120, 180]) {
        let run = try Self.run(study, .seeds(60), in: path)
        #expect(run.ran == ran)
        let fresh = try withStorePath { try Self.run(study, .seeds(60), in: $0) }
        #expect(run.cells == fresh.cells)
      }
      #expect(try Self.run(studies[2], .seeds(60), in: path).ran == 0)
    }
  }

  @Test func otherDataOrSplitsAreNoExtension() throws {
    let study = try Self.study()
    let wine = EmbeddedDataset.wine.load()
    let other = try Study(
      dataset: wine, conditions: study.conditions, models: study.models)
    let split = try Study(
      dataset: study.dataset, validationShare: 0.3, conditions: study.conditions,
      models: study.models)
    let keyed = try Study(
      dataset: study.dataset, key: RandomKey(7), conditions: study.conditions,
      models: study.models)
    try withStorePath { path in
      _ = try Self.run(study, .seeds(4), in: path)
      let before = try filesBeside(path)
      for (other, key) in [
        (other, "dataset.digest"), (split, "validation_share"), (keyed, "key"),
      ] {
        let error = try #require(throws: StoreError.self) {
          try SweepStore(writing: path, other, program: "tests", version: "1")
        }
        guard case .otherStudy(_, key, _, _) = error else {
          Issue.record("\(error)")
          continue
        }
      }
      #expect(try filesBeside(path) == before)
    }
  }

  /// The results of a study with a key of its own are found again by it.
  @Test func aStudyWithItsOwnKeyIsReopened() throws {
    let study = try Self.study()
    let keyed = try Study(
      dataset: study.dataset, key: RandomKey(0xABCD), conditions: study.conditions,
      models: study.models)
    try withStorePath { path in
      _ = try Self.run(keyed, .seeds(4), in: path)
      let store = try SweepStore(reading: path)
      let again = try store.study(of: study.dataset)
      #expect(again.key == keyed.key)
      let block = try #require(try store.block(0))
      #expect(StudyEngine(again, threads: 1).collect(seedCount: 4).blocks == [block])
    }
  }

  /// A study that is judged on the rows of a file is reopened by these alone.
  @Test func aStudyWithAFileToJudgeOnIsReopened() throws {
    let study = try Self.study()
    let iris = study.dataset
    let part = { (rows: [Int]) in
      try Dataset(
        name: "part", features: iris.features.selectingRows(rows),
        labels: rows.map { iris.labels[$0] }, classNames: iris.classNames,
        featureNames: iris.featureNames, targetName: iris.targetName)
    }
    let (other, another) = (
      try part((0..<150).filter { $0 % 5 == 0 }), try part((0..<150).filter { $0 % 5 == 1 })
    )
    let judged = try Study(
      dataset: iris, validation: other, conditions: study.conditions, models: study.models)
    try withStorePath { path in
      _ = try Self.run(judged, .seeds(4), in: path)
      let store = try SweepStore(reading: path)
      #expect(store.plan.datasetDigest == iris.digest && store.plan.validationName == "part")
      let again = try store.study(of: iris, validation: other)
      let block = try #require(try store.block(0))
      #expect(StudyEngine(again, threads: 1).collect(seedCount: 4).blocks == [block])
      for wrong in [nil, another] {
        let error = #expect(throws: StoreError.self) {
          try store.study(of: iris, validation: wrong)
        }
        guard case .otherStudy(_, "validation.digest", other.digest, wrong?.digest) = error else {
          Issue.record("\(String(describing: error))")
          continue
        }
      }
      try store.close()
      let error = #expect(throws: StoreError.self) {
        try SweepStore(writing: path, study, program: "tests", version: "1")
      }
      guard case .otherStudy = error else {
        Issue.record("\(String(describing: error))")
        return
      }
    }
  }

  /// A cell that is fitted again beside new ones must come out as it is stored.
  @Test func aStoredCellThatComesOutOtherwiseIsAnError() throws {
    let study = try Self.study()
    let clean = try Study(
      dataset: study.dataset, conditions: [study.conditions[0]], models: study.models)
    try withStorePath { path in
      let store = try SweepStore(writing: path, clean, program: "tests", version: "1")
      let block = try #require(StudyEngine(clean, threads: 1).collect(seedCount: 4).blocks.first)
      var tally = CellTally(classCount: 3)
      for _ in 0..<4 { tally.add(0, to: .accuracy) }
      tally.outcomeCounts[0] = 4
      #expect(block.cells[0].correct != [0, 0, 0, 0])
      try store.commit(
        SeedBlock(
          index: 0, seedCount: 4,
          cells: [SeedBlock.Cell(correct: [0, 0, 0, 0], tally: tally)]), seconds: 0)
      try store.close()
      let error = try #require(throws: StoreError.self) { try Self.run(study, .seeds(4), in: path) }
      guard case .unequalBlock(_, 0, 0, "correct") = error else {
        Issue.record("\(error)")
        return
      }
    }
  }

  @Test func theRuleStopsAtTheSameBlockWhateverIsThere() throws {
    let study = try Self.study()
    let extent = SweepExtent.until(StoppingRule(halfWidth: 0.003, maximumSeedCount: 50_000))
    let fresh = try withStorePath { path in try Self.run(study, extent, in: path) }
    #expect(fresh.end == .stopped && fresh.seeds.isMultiple(of: SeedBlock.capacity))
    #expect(fresh.seeds < 50_000)
    for before in [500, 2_048, 20_000] {
      try withStorePath { path in
        _ = try Self.run(study, .seeds(before), in: path)
        let resumed = try Self.run(study, extent, in: path)
        #expect(resumed.end == .stopped && resumed.seeds == fresh.seeds)
        #expect(resumed.cells == fresh.cells)
      }
    }
  }

  @Test func aStoreSaysWhatWasWantedOfIt() throws {
    let study = try Self.study()
    try withStorePath { path in
      let rule = StoppingRule(halfWidth: 0.2, minimumSeedCount: 3, maximumSeedCount: 5_000)
      let store = try SweepStore(writing: path, study, program: "tests", version: "1")
      #expect(try store.request() == nil && store.progress() == nil)
      let request = StudyRequest(
        .tournament, .until(rule), leftOut: ["a, \"b\""], planText: "seeds: 3\n")
      var run = try StudyRun(study, request, in: store)
      #expect(try store.progress() == nil)
      _ = try run.run(
        threads: 1, commit: { body throws(StoreError) in try body() }, didAdvance: { _ in })
      #expect(try store.progress()?.isDone == true)
      try store.close()
      let stored = try #require(try SweepStore(reading: path).request())
      #expect(stored.request == request && stored.cells == Array(0..<study.cellCount))
    }
  }
}
