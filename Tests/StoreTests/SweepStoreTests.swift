import Datasets
import Foundation
import GRDB
import Models
import Poisoning
import Statistics
import Store
import StudySupport
import Sweeps
import Testing

struct SweepStoreTests {
  /// Widths of 1, 2 and 4 bytes at both ends of what they hold; odd numbers of seeds.
  @Test(arguments: [30, 255, 256, 300, 65_535, 65_536, 70_000], [2, 10])
  func blocksComeBackAsTheyWere(_ rows: Int, _ classCount: Int) throws {
    let study = try storeStudy(validationRows: rows, classCount: classCount)
    try #require(study.validationCount == rows)
    let blocks = [
      block(0, seedCount: 1024, of: study), block(1, seedCount: 1, of: study),
      block(7, seedCount: 333, of: study),
    ]
    try withStorePath { path in
      let store = try SweepStore(path, study, firstSeed: 5)
      for block in blocks { try store.commit(block, seconds: 0.25) }
      for block in blocks { #expect(try store.block(block.index) == block) }
      #expect(try store.block(2) == nil)
      try store.close()

      let copy = try SweepStore(reading: path)
      for block in blocks { #expect(try copy.block(block.index) == block) }
      #expect(try copy.finishedBlocks() == [0: 1024, 1: 1, 7: 333])
      #expect(try copy.seedCount() == 1358)
      #expect(copy.plan == store.plan && copy.cells == store.cells)
    }
  }

  @Test(arguments: [30, 255, 256, 300, 65_535, 65_536, 70_000])
  func countsTakeAsFewBytesAsTheyNeed(_ rows: Int) throws {
    let study = try storeStudy(validationRows: rows)
    let width = rows < 256 ? 1 : rows < 65_536 ? 2 : 4
    try withStorePath { path in
      let store = try SweepStore(path, study)
      try store.commit(block(0, seedCount: 77, of: study), seconds: 1)
      try store.close()
      let database = try DatabaseQueue(path: path)
      let (planned, lengths) = try database.read { database in
        (
          try Int.fetchOne(database, sql: "SELECT count_width FROM plan"),
          try Set(Int.fetchAll(database, sql: "SELECT length(correct) FROM result"))
        )
      }
      #expect(planned == width && lengths == [77 * width])
    }
  }

  /// All doubles but NaN, whose bits SQLite does not keep, and −0, which sums never are.
  @Test func numbersKeepTheirBits() throws {
    let study = try storeStudy()
    let values: [Double] = [
      0.1, -1.0 / 3, .leastNonzeroMagnitude, -.leastNormalMagnitude, .greatestFiniteMagnitude,
      .infinity,
      -.infinity, 0x1p53, 1e15, 0.1.nextUp,
    ]
    for value in values + [.nan] {
      let plain = block(0, seedCount: 2, of: study)
      var tally = plain.cells[0].tally
      tally[moments: .logLoss] = RunningMoments(count: 2, mean: value, squares: value)
      let odd = SeedBlock(
        index: 0, seedCount: 2,
        cells: [SeedBlock.Cell(correct: plain.cells[0].correct, tally: tally)]
          + plain.cells.dropFirst())
      try withStorePath { path in
        let store = try SweepStore(path, study)
        try store.commit(odd, seconds: 1)
        let stored = try #require(try store.block(0)?.cells[0].tally[moments: .logLoss])
        if value.isNaN {
          #expect(stored.mean.isNaN && stored.squares.isNaN)
        } else {
          #expect(stored.mean.bitPattern == value.bitPattern)
          #expect(stored.squares.bitPattern == value.bitPattern)
        }
        // The same once more is equal, NaN too.
        try store.commit(odd, seconds: 1)
      }
    }
  }

  @Test func aLongerBlockReplacesAShorterOne() throws {
    let study = try storeStudy()
    let long = block(1, seedCount: 1000, of: study)
    try withStorePath { path in
      let store = try SweepStore(path, study)
      try store.commit(block(0, seedCount: 1024, of: study), seconds: 1)
      try store.commit(beginning(of: long, seedCount: 10), seconds: 1)
      try store.commit(long, seconds: 2)
      #expect(try store.block(1) == long)
      #expect(try store.finishedBlocks() == [0: 1024, 1: 1000])
    }
  }

  /// A longer block that does not begin with what is there.
  @Test func aLongerBlockWithOtherCountsIsRefused() throws {
    let study = try storeStudy()
    try withStorePath { path in
      let store = try SweepStore(path, study)
      let short = beginning(of: block(0, seedCount: 20, of: study), seedCount: 5)
      try store.commit(short, seconds: 1)
      #expect(throws: StoreError.unequalBlock(path: path, block: 0, cell: 0, column: "correct")) {
        try store.commit(block(0, seedCount: 20, of: study, variant: 1), seconds: 1)
      }
      #expect(try store.block(0) == short)
    }
  }

  @Test func aShorterBlockLeavesALongerOne() throws {
    let study = try storeStudy()
    let long = block(0, seedCount: 20, of: study)
    let short = beginning(of: long, seedCount: 5)
    try withStorePath { path in
      let store = try SweepStore(path, study)
      try store.commit(long, seconds: 1)
      try store.commit(short, seconds: 1)
      #expect(try store.block(0) == long)
      let other = block(0, seedCount: 5, of: study, variant: 1)
      #expect(throws: StoreError.unequalBlock(path: path, block: 0, cell: 0, column: "correct")) {
        try store.commit(other, seconds: 1)
      }
    }
  }

  @Test func anUnequalBlockIsRefused() throws {
    let study = try storeStudy()
    let first = block(3, seedCount: 50, of: study)
    var tally = first.cells[4].tally
    let f1 = tally[moments: .macroF1]
    tally[moments: .macroF1] = RunningMoments(
      count: f1.count, mean: f1.mean.nextUp, squares: f1.squares)
    var cells = first.cells
    cells[4] = SeedBlock.Cell(correct: cells[4].correct, tally: tally)
    let off = SeedBlock(index: 3, seedCount: 50, cells: cells)
    try withStorePath { path in
      let store = try SweepStore(path, study)
      try store.commit(first, seconds: 1)
      try store.commit(first, seconds: 9)
      let refusal = StoreError.unequalBlock(
        path: path, block: 3, cell: 4, column: "macro_f1_mean")
      #expect(throws: refusal) { try store.commit(off, seconds: 1) }
      #expect("\(refusal)".contains("block 3"))
      #expect(try store.block(3) == first)
    }
  }

  @Test func summariesAreThoseOfTheBlocks() throws {
    let study = try storeStudy()
    let blocks = (0..<4).map { block($0, seedCount: $0 == 3 ? 17 : 1024, of: study) }
    var expected = study.emptyCells
    for block in blocks { expected.add(block) }
    try withStorePath { path in
      let store = try SweepStore(path, study)
      for index in [2, 0, 3, 1] { try store.commit(blocks[index], seconds: 1) }
      try store.close()
      let summaries = try SweepStore(reading: path).summaries()
      #expect(summaries.map(\.tally) == expected.map(\.tally))
      #expect(summaries.map(SummaryContent.init) == expected.map(SummaryContent.init))
    }
  }

  @Test func aStoreIsContinued() throws {
    let study = try storeStudy()
    try withStorePath { path in
      for index in 0..<3 {
        let store = try SweepStore(path, study)
        #expect(try store.finishedBlocks().count == index)
        try store.commit(block(index, seedCount: 1024, of: study), seconds: 1)
        try store.close()
        #expect(try filesBeside(path).keys.sorted() == ["study.sqlite"])
      }
    }
  }

  /// The files as a killed process leaves them are copied while the store is open.
  @Test func aKilledProcessLeavesItsBlocks() throws {
    let study = try storeStudy()
    let blocks = (0..<5).map { block($0, seedCount: 1024, of: study) }
    try withStorePath { path in
      let store = try SweepStore(path, study)
      for block in blocks { try store.commit(block, seconds: 1) }
      try withStorePath { copy in
        for suffix in ["", "-wal", "-shm", "-lock"] {
          try FileManager.default.copyItem(atPath: path + suffix, toPath: copy + suffix)
        }
        // A transaction of which only a part reached the log.
        let log = try #require(FileHandle(forWritingAtPath: copy + "-wal"))
        try log.truncate(atOffset: try log.seekToEnd() - 5000)
        try log.close()
        let resumed = try SweepStore(copy, study)
        #expect(try resumed.finishedBlocks().keys.sorted() == [0, 1, 2, 3])
        for block in blocks { try resumed.commit(block, seconds: 1) }
        for block in blocks { #expect(try resumed.block(block.index) == block) }
        try resumed.close()
        #expect(try filesBeside(copy).keys.sorted() == ["study.sqlite"])
      }
    }
  }

  @Test func aStoreIsReadWhileItIsWritten() throws {
    let study = try storeStudy()
    try withStorePath { path in
      let store = try SweepStore(path, study)
      let reader = try SweepStore(reading: path)
      for index in 0..<3 {
        try store.commit(block(index, seedCount: 9, of: study), seconds: 1)
        #expect(try reader.finishedBlocks().count == index + 1)
      }
      try store.close()
      #expect(try reader.summaries().first?.tally.seedCount == 27)
      try reader.close()
      #expect(try filesBeside(path).keys.sorted() == ["study.sqlite"])
    }
  }

  @Test func planAndCellsAreThoseOfTheStudy() throws {
    let study = try storeStudy()
    try withStorePath { path in
      let store = try SweepStore(path, study, firstSeed: 9)
      let plan = store.plan
      let identity = StudyIdentity(study, firstSeed: 9)
      #expect(plan.identity == identity.text && plan.digest == identity.digest)
      #expect(plan.program == "tests" && plan.programVersion == "1.2.3")
      #expect(plan.engineVersion == StudyEngine.version && plan.firstSeed == 9)
      #expect(plan.datasetName == study.dataset.name && plan.datasetDigest == study.dataset.digest)
      #expect(plan.classNames == study.dataset.classNames)
      #expect(plan.validationCount == study.validationCount)
      #expect(plan.trainingCount == study.trainingCount)
      #expect(plan.blockCapacity == SeedBlock.capacity && plan.coreCount >= 1)
      #expect(!plan.processorName.isEmpty && plan.createdAt.hasSuffix("Z"))
      let attacks = ["none", "flip", "out-of-range:kappa=100.0"].flatMap { [$0, $0] }
      #expect(store.cells.map(\.attackName) == attacks)
      #expect(store.cells.map(\.level.share) == [0, 0, 0.1, 0.1, 0.1, 0.1])
      #expect(store.cells.map(\.model) == ["softmax", "knn", "softmax", "knn", "softmax", "knn"])
      #expect(store.cells[0].parameters == "C=1, tol=1e-08")
      #expect(store.cells[1].parameters == "n_neighbors=5")
      try store.close()
      #expect(try SweepStore(reading: path).plan == plan)
    }
  }

  /// The threat model is that of the attack with its parameters, without the data at hand.
  @Test func attacksKeepTheirThreatModels() throws {
    let texts = [
      "uniform", "uniform:label=random", "flip:flow=add", "backdoor", "backdoor:push=1.0",
      "greedy", "deletion",
    ]
    let iris = EmbeddedDataset.iris.load()
    let study = try Study(
      dataset: iris, conditions: try conditions(texts, [0, 0.1, 0.2], for: iris),
      models: [ModelChoice("knn")])
    try withStorePath { path in
      try SweepStore(path, study).close()
      let attacks = try SweepStore(reading: path).attacks
      #expect(attacks.map(\.name) == texts)
      for (stored, text) in zip(attacks, texts) {
        let attack = try AttackCatalog.attack(text, for: study.dataset)
        #expect(stored.threat == attack.threat && stored.flow == attack.flow, "\(text)")
      }
      #expect(attacks[1].threat.changes == .both && attacks[0].threat.changes == .features)
      #expect(attacks[4].threat.constraint == .none && attacks[3].threat.constraint == .values)
      #expect(attacks[5].threat.seesValidation && attacks[6].flow == .delete)
    }
  }

  @Test func anEmptyFileBecomesAStore() throws {
    try withStorePath { path in
      try Data().write(to: URL(fileURLWithPath: path))
      let store = try SweepStore(path, try storeStudy())
      #expect(try store.finishedBlocks().isEmpty)
      #expect(try store.summaries().allSatisfy { $0.tally.seedCount == 0 })
    }
  }

  @Test func wrongBlocksAndReadersTrap() async throws {
    let folder = try makeStoreFolder()
    defer { try? FileManager.default.removeItem(at: folder) }
    let path = folder.appendingPathComponent("study.sqlite").path
    await #expect(processExitsWith: .failure) { [path = path as String] in
      let study = try storeStudy()
      try SweepStore(path, study).close()
      let block = block(0, seedCount: 1, of: study)
      try SweepStore(reading: path).commit(block, seconds: 1)
    }
    await #expect(processExitsWith: .failure) { [path = path as String] in
      let block = block(0, seedCount: 1, of: try storeStudy(classCount: 2))
      try SweepStore(path + "2", try storeStudy(classCount: 3)).commit(block, seconds: 1)
    }
  }
}
