import Datasets
import Sweeps
import TestSupport
import Testing

@Suite(.enabled(if: isOptimizedBuild, "takes 200,000 fits"), .tags(.slow))
struct StoredSweepTests {
  private static func study() throws -> Study {
    let dataset = EmbeddedDataset.iris.load()
    return try Study(
      dataset: dataset, conditions: conditions(["flip"], [0, 0.1], for: dataset),
      models: [try ModelChoice("knn")])
  }

  private static func run(
    _ study: Study, _ extent: SweepExtent, in path: String
  ) throws -> (cells: [SummaryContent], seeds: Int, end: StoredSweep.End, committed: Int) {
    let store = try SweepStore(writing: path, study, program: "tests", version: "1")
    var sweep = StoredSweep(study, extent, in: store)
    var committed = 0
    let end = try sweep.run(
      threads: 2,
      commit: { body throws(StoreError) in
        committed += 1
        try body()
      }, didAdd: { _, _ in })
    try store.close()
    return (sweep.cells.map(SummaryContent.init), sweep.seedCount, end, committed)
  }

  /// Blocks that are there come between those that are run.
  @Test(arguments: [[0], [1], [0, 2], [1, 2], [3], [0, 1, 2, 3]])
  func fillsGaps(_ present: Set<Int>) throws {
    let study = try Self.study()
    let count = 3 * SeedBlock.capacity + 5
    try withStorePath { path in
      let store = try SweepStore(writing: path, study, program: "tests", version: "1")
      let others = Dictionary(
        uniqueKeysWithValues: (0..<4).filter { !present.contains($0) }
          .map { ($0, SeedBlock.capacity) })
      try StudyEngine(study, threads: 2).run(seedCount: count, finished: others) { block in
        try store.commit(block, seconds: 0)
        return true
      }
      try store.close()
      let whole = StudyEngine(study, threads: 2).summaries(seedCount: count)
      let swept = try Self.run(study, .seeds(count), in: path)
      #expect(swept.cells == whole.map(SummaryContent.init))
      #expect(swept.end == .complete && swept.seeds == count)
      #expect(swept.committed == 4 - present.count)
    }
  }

  @Test func aBlockWithFewerSeedsIsRunAgain() throws {
    let study = try Self.study()
    try withStorePath { path in
      #expect(try Self.run(study, .seeds(100), in: path).seeds == 100)
      let more = try Self.run(study, .seeds(1_500), in: path)
      #expect(more.committed == 2 && more.seeds == 1_500)
      // What is there with more seeds counts as it is.
      let fewer = try Self.run(study, .seeds(100), in: path)
      #expect(fewer.committed == 0 && fewer.seeds == SeedBlock.capacity)
    }
  }

  @Test func theRuleStopsAtTheSameBlockWhateverIsThere() throws {
    let study = try Self.study()
    let extent = SweepExtent.until(StoppingRule(halfWidth: 0.003, maximumSeedCount: 50_000))
    let fresh = try withStorePath { path in try Self.run(study, extent, in: path) }
    #expect(fresh.end == .stopped && fresh.seeds == fresh.committed * SeedBlock.capacity)
    for before in [500, 2_048, 20_000] {
      try withStorePath { path in
        _ = try Self.run(study, .seeds(before), in: path)
        let resumed = try Self.run(study, extent, in: path)
        #expect(resumed.end == .stopped && resumed.seeds == fresh.seeds)
        #expect(resumed.cells == fresh.cells)
      }
    }
  }
}
