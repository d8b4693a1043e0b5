import Analyses
import Datasets
import Foundation
import LinAlg
import Models
import Poisoning
import Reporting
import Store
import Sweeps

/// An attack under another name, so that a table judges what it was not made for.
struct Alias: Attack {
  let name: String
  let base: any Attack
  let parameters: [String: String] = [:]

  func capacity(classCounts: [Int]) -> Int { base.capacity(classCounts: classCounts) }

  var threat: ThreatModel { base.threat }

  func poison(_ exposures: [Exposure], count: Int, into patches: inout [Patch]) {
    base.poison(exposures, count: count, into: &patches)
  }
}

/// An attack that gives its rows back as they were.
struct Harmless: SeedwiseAttack {
  let name = "uniform"
  let parameters: [String: String] = [:]

  func capacity(classCounts: [Int]) -> Int { classCounts.reduce(0, +) }

  let threat = ThreatModel(changes: .features, constraint: .box)

  func poison(_ exposure: Exposure, count: Int, into patch: inout Patch) {
    let rows = Array(0..<count)
    patch = Patch(rows: rows, features: exposure.training.features.selectingRows(rows))
  }
}

/// A study that was run.
struct Outcome {
  let study: Study
  let report: ExperimentReport

  init(
    _ dataset: Dataset = EmbeddedDataset.iris.load(), attacks: [any Attack] = [UniformNoise()],
    shares: [Double] = [0, 0.05, 0.1, 0.5], models: [String] = ["softmax", "knn"],
    scaler: ScalerKind = .standard, firstSeed: UInt32 = 0, seedCount: Int = 6
  ) throws {
    study = try Study(
      dataset: dataset, scaler: scaler,
      conditions: attacks.enumerated().flatMap { index, attack in
        // Level 0 is the same for all attacks; the first one has it.
        try shares.filter { $0 > 0 || index == 0 }.map { share in
          Condition(attack: attack, level: try PoisonLevel(share))
        }
      },
      models: models.map { kind in try ModelChoice(kind) })
    report = try study.report(firstSeed: firstSeed, seedCount: seedCount)
  }

  var cells: [CellSummary] { report.cells }

  var facts: StudyFacts { StudyFacts(study) }

  var models: [String] { study.models.map(\.model) }

  func cell(_ attack: String, _ share: Double, _ model: String) -> CellSummary? {
    cells.first { $0.attackName == attack && $0.level.share == share && $0.model == model }
  }
}

extension Study {
  /// The report of the study, run into a store.
  func report(
    _ kind: StudyRequest.Kind = .experiment, firstSeed: UInt32 = 0, seedCount: Int
  ) throws -> ExperimentReport {
    let folder = try TemporaryFolder()
    let store = try SweepStore(
      writing: folder.path("study.sqlite"), self, firstSeed: firstSeed, program: "tests",
      version: "1")
    var run = try StudyRun(self, StudyRequest(kind, .seeds(seedCount)), in: store)
    _ = try run.run(
      threads: 2, commit: { body throws(StoreError) in try body() }, didAdvance: { _ in })
    try ClaimsTable.measureDraws(of: self, in: store, seedCount: seedCount, threads: 2) {
      body throws(StoreError) in try body()
    }
    let report = try ExperimentReport(StoreReading(store), dataset: dataset)
    try store.close()
    return report
  }
}

/// A folder for one test, removed with its content when the value goes.
final class TemporaryFolder {
  let url: URL

  init() throws {
    url = FileManager.default.temporaryDirectory
      .appending(path: "hemlock-tests-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
  }

  deinit {
    try? FileManager.default.removeItem(at: url)
  }

  var path: String { url.path }

  func path(_ name: String) -> String { url.appending(path: name).path }

  func text(_ name: String) throws -> String {
    try String(contentsOf: url.appending(path: name), encoding: .utf8)
  }

  /// All names inside, hidden ones too, ascending.
  func names(in subfolder: String = "") throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: path(subfolder)).sorted()
  }
}
