import Datasets
import Foundation
import LinAlg
import Models
import Poisoning
import Publishing
import Reporting
import Store
import Sweeps
import Testing
import Tracking

struct StudyDocumentTests {
  /// The run of a study of `attacks` on Iris, from its store alone or with its data.
  private func document(
    _ attacks: [String], shares: [Double], hasData: Bool, seedCount: Int = 3
  ) throws -> RunDocument {
    let folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("publishing-tests-\(UUID().uuidString)", isDirectory: true)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let dataset = EmbeddedDataset.iris.load()
    let study = try Study(
      dataset: dataset,
      conditions: [Condition(attack: UniformNoise(), level: .clean)]
        + attacks.flatMap { attack in
          try shares.map {
            Condition(
              attack: try AttackCatalog.attack(attack, for: dataset), level: try PoisonLevel($0))
          }
        }, models: [ModelChoice("softmax"), ModelChoice("knn")])
    let path = folder.appendingPathComponent("study.sqlite").path
    let store = try SweepStore(writing: path, study, program: "tests", version: "1")
    try StudyEngine(study, threads: 2).run(seedCount: seedCount) { block throws(StoreError) in
      try store.commit(block, seconds: 0)
      return true
    }
    defer { try? store.close() }
    let content = try StudyContent(store, hasData ? study : nil)
    return StudyDocument(
      content, identity: [:], name: "study", origin: RunOrigin(tags: [:]),
      data: .embedded(name: "iris"), figures: content.figures, pictures: nil,
      times: (start: 0, end: 1)
    ).run
  }

  private func text(_ name: String, of run: RunDocument) throws -> String {
    let artifact = try #require(run.artifacts.first { $0.path == name }, "\(name)")
    return String(decoding: artifact.content, as: UTF8.self)
  }

  /// What MLflow users read: the same keys and columns as ever, in a note that MLflow keeps whole.
  @Test(arguments: [true, false])
  func plainStudiesHaveTheirTables(hasData: Bool) throws {
    let run = try document(["uniform", "flip"], shares: [0.05, 0.1], hasData: hasData)
    let columns = """
      attack poison_level defense model accuracy_mean accuracy_std accuracy_ci95_low \
      accuracy_ci95_high accuracy_drop_mean accuracy_drop_ci95_low accuracy_drop_ci95_high \
      accuracy_gain_mean accuracy_gain_ci95_low accuracy_gain_ci95_high f1_mean f1_drop_mean \
      log_loss_mean attack_success_mean attack_success_gain_mean attack_collateral_mean \
      precision_mean recall_mean false_alarm_rate_mean \
      roc_auc_mean precision_at_budget_mean seeds
      """
    let header = try text("cells.csv", of: run).split(separator: "\n").first
    #expect(header?.split(separator: ",") == columns.split(separator: " "))
    #expect(try text("cells.csv", of: run).split(separator: "\n").count == 1 + 10)
    #expect(try text("cells.json", of: run).hasPrefix("{\"columns\": [\"attack\","))
    #expect(
      try text("claims.json", of: run).hasPrefix(
        "{\"columns\": [\"level\",\"claim\",\"read as\",\"softmax\",\"knn\",\"verdict\"]"))
    #expect(run.tables == ["cells.json", "claims.json"])
    let charts = run.artifacts.map(\.path).filter { $0.hasPrefix("charts/") }
    #expect(
      charts
        == ["accuracy", "confusion", "accuracy-flip"].flatMap {
          ["charts/\($0).csv", "charts/\($0).vl.json"]
        })
    let note = try #require(run.tags["mlflow.note.content"])
    #expect(note.count <= 8_000 && note.contains("| attack | poison | model |"))
    #expect(note.contains("The course's claims") && !note.contains("--attacks"))
    #expect(run.parameters["attacks"] == "uniform, flip" && run.parameters["seeds"] == "3")
  }

  /// A tournament is one by the flows of its attacks, not by what they are called.
  @Test func tournamentsAreFoundInTheStore() throws {
    let run = try document(["flip", "flip:flow=delete", "pair"], shares: [0.1], hasData: false)
    let charts = run.artifacts.map(\.path).filter { $0.hasPrefix("charts/") }
    #expect(charts == ["charts/tournament.csv", "charts/tournament.vl.json"])
    #expect(!run.tables.contains("claims.json"))
    let note = try #require(run.tags["mlflow.note.content"])
    #expect(note.contains("Where the loss comes from at 10 %") && note.count <= 8_000)
  }
}
