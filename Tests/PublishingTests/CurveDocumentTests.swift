import Analyses
import Datasets
import Foundation
import Models
import Poisoning
import Publishing
import Reporting
import Store
import Sweeps
import Testing
import Tracking

/// Studies of curves as runs: what the command showed is in the note and among the artifacts.
struct CurveDocumentTests {
  private static let renderer = ChartRenderer(environment: ["HEMLOCK_PYTHON": "/bin/false"])

  /// Publishes a small study of curves into a file store and gives its folder to a test.
  private func withRuns(
    _ generator: GeneratorChoice?, hasData: Bool, _ body: (URL, [Run], CurveReport) throws -> Void
  ) throws {
    let folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("publishing-tests-\(UUID().uuidString)", isDirectory: true)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    var plan = StudyPlan(.curves)
    plan.curves.generator = generator
    (plan.curves.rows, plan.curves.addedShares) = (20, [0, 1])
    (plan.attacks, plan.levels) = (["flip"], [.clean, try PoisonLevel(0.2)])
    (plan.models, plan.seeds) = ([try ModelChoice("knn")], SeedWish(count: 3))
    plan.text = "rows: 20\n"
    let dataset = generator?.specimen ?? EmbeddedDataset.iris.load()
    let planned = try plan.study(of: dataset)
    let store = try SweepStore(
      writing: folder.appendingPathComponent("c.sqlite").path, planned.study, program: "tests",
      version: "1")
    defer { try? store.close() }
    var run = try StudyRun(planned.study, planned.request, in: store)
    _ = try run.run(
      threads: 2, commit: { work throws(StoreError) in try work() }, didAdvance: { _ in })
    let uri = try TrackingURI("file:\(folder.appendingPathComponent("runs").path)")
    let backEnd = try #require(
      try uri.backEnd(named: "runs", environment: [:], note: { _ in }))
    let publisher = try Publisher(backEnd, experiment: "curves", tags: [:])
    var reached: [Int] = []
    let outcome = try StudyPublisher(
      publisher, origin: RunOrigin(tags: [:]), data: .embedded(name: dataset.name),
      renderer: Self.renderer
    ).publish(store, study: hasData ? planned.study : nil) { done, _ in reached.append(done) }
    #expect(!outcome.wasThere && reached.first == 0 && reached.last == store.cells.count)
    let runs =
      try backEnd.runs(of: publisher.experiment, tagged: ["hemlock.kind": "study"])
      + backEnd.runs(of: publisher.experiment, tagged: ["hemlock.kind": "cell"])
    try body(folder, runs, try #require(try CurveReport(StoreReading(store))))
  }

  private func files(in folder: URL) -> [String] {
    FileManager.default.enumerator(atPath: folder.path)?.compactMap { $0 as? String } ?? []
  }

  @Test(arguments: [nil, GeneratorChoice.twonorm], [true, false])
  func haveTheirAnswers(generator: GeneratorChoice?, hasData: Bool) throws {
    try withRuns(generator, hasData: hasData) { folder, runs, report in
      let study = try #require(runs.first)
      let note = try #require(study.tags["mlflow.note.content"])
      #expect(note.contains("In three sentences") && note.count <= 8_000)
      #expect(note.contains("What more clean rows give back"))
      #expect(!note.contains("course's claims: level"))
      #expect(study.name.hasPrefix("curves of "))
      let names = runs.dropFirst().map(\.name)
      #expect(Set(names).count == names.count && names.contains("knn, flip 20 %, 20+20 rows"))
      let paths = files(in: folder)
      for file in [
        "charts/curves.vl.json", "charts/recovery.vl.json", "cells.csv", "plan.yaml",
        "tables/what-more-clean-rows-give-back.csv",
      ] {
        #expect(paths.contains { $0.hasSuffix("artifacts/\(file)") }, "\(file)")
      }
      #expect(paths.contains { $0.hasSuffix("model.onnx") } == hasData)
      let text = { (suffix: String) in
        let path = try #require(paths.first { $0.hasSuffix(suffix) }, "\(suffix)")
        return try String(contentsOf: folder.appendingPathComponent(path), encoding: .utf8)
      }
      #expect(try text("artifacts/cells.csv").hasPrefix("attacked_rows,added_rows,attack,"))
      let lost = try text("metrics/accuracy_lost/flip/knn/none").split(separator: " ")
      // The time, the number and the step: the level in percent.
      #expect(Double(lost[1]) == report.answers.first?.loss.value && lost[2] == "20\n")
    }
  }
}
