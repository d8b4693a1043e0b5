import Datasets
import Defenses
import LinAlg
import Models
import Poisoning
import Store
import StudySupport
import Sweeps
import Testing

/// Stores of studies that were really run: defended ones, and those of growing training sets.
struct StudiedStoreTests {
  @Test func defendedBlocksComeBack() throws {
    let iris = EmbeddedDataset.iris.load()
    // Removed, relabelled and weighed rows, another training, and several of them.
    let chains = try [
      "none", "lof", "knn-relabel", "enn+isolation-forest", "label-smoothing",
      "lof+label-smoothing",
    ].map { try DefenseCatalog.chain($0, for: iris) }
    let states = try [Condition.clean()] + conditions(["flip"], [0.2], for: iris)
    let study = try Study(
      dataset: iris,
      conditions: states.flatMap { state in
        chains.map { Condition(attack: state.attack, level: state.level, defense: $0) }
      }, models: ["softmax", "knn"].map { try ModelChoice($0) })
    let (blocks, cells) = StudyEngine(study, threads: 2).collect(seedCount: 6)
    try withStorePath { path in
      let store = try SweepStore(path, study)
      for block in blocks { try store.commit(block, seconds: 1) }
      #expect(try store.block(0) == blocks[0])
      for (cell, again) in zip(cells, try store.summaries()) {
        #expect(cell.tally == again.tally)
        #expect(cell.defenseName == again.defenseName)
      }
      try store.close()
    }
  }

  @Test func grownStudiesAreKnown() throws {
    let iris = EmbeddedDataset.iris.load()
    let rows = [0, 7, 60].map { TrainingRows(attacked: 30, added: $0) }
    let attack = try AttackCatalog.attack("pair", for: iris)
    let study = try Study(
      dataset: iris, validationShare: 0.4,
      source: .generator(.copula, pool: 90, validation: 33),
      conditions: [Condition(attack: UniformNoise(), level: .clean, rows: rows[2])]
        + rows.map { Condition(attack: attack, level: try PoisonLevel(0.2), rows: $0) },
      models: [try ModelChoice("knn")])
    try withStorePath { path in
      let store = try SweepStore(path, study)
      var run = try StudyRun(study, StudyRequest(.curves, .seeds(5)), in: store)
      _ = try run.run(threads: 2, commit: { body throws(StoreError) in try body() }) { _ in }
      let again = try store.study(of: study.dataset)
      #expect(StudyIdentity(again, firstSeed: 0) == StudyIdentity(study, firstSeed: 0))
      try store.close()
      let read = try SweepStore(reading: path)
      #expect(read.cells == study.storedCells)
      #expect(Set(read.cells.map(\.rows.added)) == [0, 7, 60])
      let csv = try read.summaryCSV()
      #expect(csv.contains("attacked_rows,added_rows"))
    }
  }
}
