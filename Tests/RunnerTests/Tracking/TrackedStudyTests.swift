import Foundation
import TestSupport
import Testing

/// Experiments and sweeps as MLflow's own client sees them.
@Suite(.serialized, .enabled(if: PythonTool.isThere), .tags(.python, .server))
struct TrackedStudyTests {
  private static let database = "sqlite:///mlflow.db"
  private static let study = [
    "experiment", "--seeds", "30", "--models", "softmax,knn", "--levels", "0,0.1,0.5",
    "--no-comparison",
  ]

  /// Everything that is expected of a study of two models at three levels with 30 seeds.
  private func expectStudy(
    _ reading: StudyReading, summary: ExperimentRecord, hasPictures: Bool
  ) {
    #expect(reading.parentCount == 1 && reading.status == "FINISHED")
    #expect(reading.params["seeds"] == "30" && reading.params["first_seed"] == "0")
    #expect(reading.params["attack_goal"] == "availability")
    #expect(reading.params["attack_flow"] == "replace")
    #expect(reading.params["scaler"] == "standard" && reading.params["levels"] == "0.0, 0.1, 0.5")
    #expect(reading.tags["mlflow.source.name"]?.hasPrefix("runner ") == true)
    #expect(reading.tags["mlflow.user"]?.isEmpty == false)
    #expect(reading.tags["mlflow.note.content"]?.contains("| attack | poison | model |") == true)
    #expect(reading.tableRows == 6)
    for name in ["cells.csv", "cells.json", "config.json", "environment.json", "claims.json"] {
      #expect(reading.artifacts.contains(name), "\(name)")
    }
    #expect(reading.charts.contains("charts/accuracy.png") == hasPictures)
    #expect(reading.charts.contains("charts/accuracy.vl.json"))

    #expect(reading.children.count == 6 && reading.modelCount == 6)
    for (child, cell) in zip(reading.children, summary.cells) {
      #expect(child.status == "FINISHED" && child.modelCount == 1, "\(child.name)")
      #expect(child.params["model"] == cell.model)
      #expect(child.params["attack"] == cell.attack && child.params["defense"] == "none")
      #expect(child.params["poison_level"].flatMap(Double.init) == cell.level)
      #expect(child.params["poisoned_rows"] == "\(cell.poisonedRows)")
      let isClean = cell.level == 0
      #expect(child.params["attack_goal"] == (isClean ? nil : "availability"))
      #expect(child.params["attack_knowledge"] == (isClean ? nil : "none"))
      #expect(child.params["attack_changes"] == (isClean ? nil : "features"))
      #expect(child.params["attack_constraint"] == (isClean ? nil : "box"))
      #expect(child.params["attack_flow"] == (isClean ? nil : "replace"))
      #expect(child.params["attack_sees_validation"] == (isClean ? nil : "false"))
      #expect(child.params[cell.model == "knn" ? "n_neighbors" : "C"] != nil)
      #expect(child.metrics["test_accuracy_score_mean"] == cell.accuracy.mean)
      #expect(child.metrics["test_accuracy_score_ci95_low"] == cell.accuracy.ci95?[0])
      #expect(child.metrics["test_accuracy_score_ci95_high"] == cell.accuracy.ci95?[1])
      #expect(child.metrics["test_f1_score_mean"] != nil)
      #expect(child.metrics["test_accuracy_score_std"] == cell.accuracy.sd)
      #expect(child.datasets.count == (cell.level == 0 ? 2 : 3), "\(child.datasets)")
      #expect(Set(child.datasets.map { $0[1] }).count == child.datasets.count)
      for name in ["confusion_matrix.json", "confusion_matrix.csv", "per_seed.csv"] {
        #expect(child.artifacts.contains(name), "\(child.name): \(name)")
      }
      #expect(child.artifacts.contains("confusion_matrix.png") == hasPictures)
    }
    let neighbors = summary.cells.filter { $0.model == "knn" }
    let curve = neighbors.map { [$0.level * 100, $0.accuracy.mean] }
    #expect(reading.curve == curve)
  }

  @Test func experimentsFillTheDatabase() throws {
    try withTemporaryFolder { parent in
      let folder = parent.appendingPathComponent("größe no 1")
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
      let run = try RunnerProcess(
        Self.study + ["--json", "--register", "iris"], in: folder,
        environment: [
          "MLFLOW_TRACKING_URI": "", "HEMLOCK_PYTHON": PythonTool.path,
        ])
      try #require(run.status == 0, "\(run.errors)")
      #expect(run.errors.contains("mlflow ui --port 5000"))
      #expect(try folder.names() == ["mlartifacts", "mlflow.db", "results"])
      let reading = try StudyReading(Self.database, in: folder)
      try expectStudy(reading, summary: run.json(), hasPictures: true)
      #expect(reading.versions.count == 6 && reading.versions.first == "iris-knn 1")

      // The same store again: nothing is there twice.
      let again = try RunnerProcess(
        ["track", "results/study.sqlite", "--tracking-uri", Self.database, "--json"], in: folder)
      #expect(again.status == 0 && again.errors.contains("there already"))
      let record = try again.json(as: TrackRecord.self)
      #expect(record.wasThere && record.runs == 7 && record.experiment == "poison-iris")
      let second = try StudyReading(Self.database, in: folder)
      #expect(second.children.count == 6 && second.parentCount == 1 && second.modelCount == 6)
    }
  }

  /// Rows that are added or deleted are counted as such, and one chart shows all attacks.
  @Test func tournamentsAreTrackedToo() throws {
    try withTemporaryFolder { folder in
      let run = try RunnerProcess(
        [
          "experiment", "--attacks", "flip,uniform:flow=add", "--seeds", "5", "--models", "knn",
          "--levels", "0.2", "--json", "--tracking-uri", Self.database,
        ], in: folder)
      try #require(run.status == 0, "\(run.errors)")
      let reading = try StudyReading(Self.database, in: folder)
      #expect(reading.charts == ["charts/tournament.csv", "charts/tournament.vl.json"])
      #expect(reading.params["attack_flow"] == "replace, delete, add")
      let summary = try run.json(as: ExperimentRecord.self)
      #expect(summary.cells.map(\.trainingRows) == [120, 120, 96, 150])
      #expect(reading.children.map { $0.params["poisoned_rows"] } == ["0", "24", "24", "30"])
      #expect(
        reading.children.map { $0.params["attack_flow"] } == [nil, "replace", "delete", "add"])
    }
  }

  /// Success, gain and collateral, where the catalogue has an attack that aims at some rows.
  @Test func targetedAttacksHaveTheirMetrics() throws {
    let targeted = try CatalogRecord.all().first {
      $0.threat.goal != "availability" && !$0.needsParameters
    }
    guard let targeted else { return }
    try withTemporaryFolder { folder in
      let run = try RunnerProcess(
        [
          "experiment", "--attacks", targeted.name, "--seeds", "5", "--models", "knn", "--levels",
          "0.1", "--tracking-uri", Self.database,
        ], in: folder)
      try #require(run.status == 0, "\(run.errors)")
      #expect(run.output.contains("Targeted attacks at 10 %"))
      let reading = try StudyReading(Self.database, in: folder)
      for child in reading.children where child.params["attack"] == targeted.name {
        guard child.params["attack_flow"] != "delete" else { continue }
        #expect(child.params["attack_goal"] == targeted.threat.goal)
        let success = try #require(child.metrics["test_attack_success_mean"])
        let gain = try #require(child.metrics["test_attack_success_gain_mean"])
        #expect((0...1).contains(success) && gain <= success)
      }
    }
  }

  /// A server that is killed in the middle: the results are kept, and `track` completes the runs.
  @Test func serversThatFailAreCaughtUpWith() throws {
    let server = try MLflowServer()
    defer { server.remove() }
    try withTemporaryFolder { folder in
      let uri = server.url.absoluteString
      let environment = [
        "MLFLOW_TRACKING_URI": uri, "MLFLOW_HTTP_REQUEST_MAX_RETRIES": "1",
        "MLFLOW_HTTP_REQUEST_BACKOFF_FACTOR": "0.1",
      ]
      // Enough cells to be killed among them.
      let started = try StartedRunner(Self.study + ["--json"], in: folder, environment: environment)
      let store = folder.appendingPathComponent("results/study.sqlite").path
      let artifacts = server.folder.appendingPathComponent("mlartifacts").path
      try started.waitUntil {
        let files = FileManager.default.enumerator(atPath: artifacts)?.allObjects.count ?? 0
        return FileManager.default.fileExists(atPath: store) && files > 40
      }
      server.kill()
      let broken = try RunnerProcess(started)
      #expect(broken.status == 74, "\(broken.errors)")
      #expect(broken.errors.contains("runner track results/study.sqlite --tracking-uri \(uri)"))

      try server.start()
      let send = ["track", "results/study.sqlite", "--tracking-uri", uri]
      for expected in ["tracked: 7 runs", "there already"] {
        let run = try RunnerProcess(send, in: folder, environment: environment)
        #expect(run.status == 0 && run.errors.contains(expected), "\(run.errors)")
      }
      try expectStudy(
        StudyReading(uri, in: folder), summary: broken.json(), hasPictures: false)
    }
  }

  @Test func sweepsAreTrackedOnceForEachNumberOfSeeds() throws {
    try withTemporaryFolder { folder in
      _ = try FlowerFile.plain.write(in: folder)
      let sweep = [
        "sweep", "--data", "flowers.csv", "--target", "species", "--models",
        "knn,rbf-svm:C=10,gamma=0.5", "--levels", "0,0.125", "--tracking-uri", Self.database,
        "--experiment-name", "Größe „x“: 1/2",
      ]
      for (seeds, parents) in [("20", 1), ("20", 1), ("30", 2)] {
        let run = try RunnerProcess(sweep + ["--seeds", seeds], in: folder)
        try #require(run.status == 0, "\(run.errors)")
        let reading = try StudyReading(
          Self.database, experiment: "Größe „x“: 1/2", in: folder)
        #expect(reading.parentCount == parents && reading.children.count == 4)
        #expect(reading.params["seeds"] == seeds && reading.status == "FINISHED")
        #expect(reading.children.last?.params["gamma"] == "0.5")
        #expect(reading.curve.map { $0[0] } == [0, 1250])
      }
    }
  }

  @Test func fileStoresAreReadByMLflow() throws {
    try withTemporaryFolder { folder in
      let run = try RunnerProcess(
        Self.study + ["--json", "--tracking-uri", "file:./mlruns"], in: folder)
      try #require(run.status == 0, "\(run.errors)")
      try expectStudy(
        StudyReading("./mlruns", in: folder), summary: run.json(), hasPictures: false)
    }
  }
}
