import Analyses
import Datasets
import Foundation
import LinAlg
import Models
import Poisoning
import Reporting
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
  let cells: [CellSummary]
  let seedCount: Int

  init(
    _ dataset: Dataset = EmbeddedDataset.iris.load(), attacks: [any Attack] = [UniformNoise()],
    shares: [Double] = [0, 0.05, 0.1, 0.5], models: [String] = ["softmax", "knn"],
    scaler: ScalerKind = .standard, seedCount: Int = 6
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
    self.seedCount = seedCount
    cells = StudyEngine(study, threads: 2).summaries(seedCount: seedCount)
  }

  var facts: StudyFacts { StudyFacts(study) }

  var report: ExperimentReport { ExperimentReport(facts, cells: cells, seedCount: seedCount) }

  var models: [String] { study.models.map(\.model) }

  func cell(_ attack: String, _ share: Double, _ model: String) -> CellSummary? {
    cells.first { $0.attackName == attack && $0.level.share == share && $0.model == model }
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
