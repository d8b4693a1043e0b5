import Foundation
import GRDB
import TestSupport
import Testing
import Tracking

/// MLflow's database, as we write it and as MLflow reads it.
struct SQLiteBackEndTests {
  private let folder = TemporaryFolder("sqlite störe")

  private func open(_ location: String? = nil) throws -> any BackEnd {
    try TrackingURI.sqlite(path: folder.path("mlflow.db"))
      .opened("sqlite:///mlflow.db", artifactLocation: location, busySeconds: 0.2)
  }

  @Test func experiments() throws { try BackEndContract.experimentIsFound(open()) }
  @Test func tags() throws { try BackEndContract.runsAreFoundByTags(open()) }
  @Test func status() throws { try BackEndContract.statusIsSet(open()) }
  @Test func again() throws { try BackEndContract.loggingIsIdempotent(open()) }
  @Test func keys() throws { try BackEndContract.keysAreChecked(open()) }
  @Test func metrics() throws { try BackEndContract.metricsAreLogged(open()) }
  @Test func datasets() throws { try BackEndContract.datasetsAreLogged(open()) }
  @Test func models() throws { try BackEndContract.modelsAreLogged(open()) }
  @Test func registry() throws { try BackEndContract.modelsAreRegistered(open()) }
  @Test func artifacts() throws { try BackEndContract.artifactsAreReplaced(open()) }

  @Test func refusedDataLeavesNothing() throws {
    let backEnd = try open()
    let experiment = try backEnd.experiment(named: "x", tags: [:])
    let run = try BackEndContract.run(backEnd, experiment, "r")
    try backEnd.log(RunData(parameters: ["b": "1"]), to: run)
    let data = RunData(
      parameters: ["a": "1", "b": "2"], metrics: [Metric("m", 1, timestamp: 1)])
    #expect(throws: TrackingError.self) { try backEnd.log(data, to: run) }
    try backEnd.close()
    #expect(try count("params") == 1 && count("metrics") == 0)
    #expect(throws: TrackingError.self) { try backEnd.log(data, to: run) }
    try backEnd.close()
  }

  @Test func nothingIsThereTwice() throws {
    let backEnd = try open()
    try BackEndContract.metricsAreLogged(backEnd)
    try BackEndContract.datasetsAreLogged(backEnd)
    try backEnd.close()
    #expect(try count("metrics") == 2503 && count("latest_metrics") == 6)
    #expect(try count("datasets") == 2 && count("inputs") == 2 && count("input_tags") == 2)
    #expect(try count("sqlite_stat1") > 0)
  }

  @Test func deletedExperimentsKeepTheirNames() throws {
    let backEnd = try open()
    let experiment = try backEnd.experiment(named: "gone", tags: [:])
    try execute("UPDATE experiments SET lifecycle_stage = 'deleted' WHERE name = 'gone'")
    let refusal = TrackingError.deletedExperiment(backEnd: "sqlite:///mlflow.db", name: "gone")
    #expect(throws: refusal) { try backEnd.experiment(named: "gone", tags: [:]) }
    #expect(throws: refusal) { try BackEndContract.run(backEnd, experiment, "r") }
  }

  @Test(arguments: [
    ("mlflow-artifacts:/", "mlartifacts"), ("./other", "other"),
    ("mlflow-artifacts:/a", "mlartifacts/a"),
  ])
  func artifactLocations(location: String, path: String) throws {
    let backEnd = try open(location)
    let experiment = try backEnd.experiment(named: "x", tags: [:])
    let separator = location.hasSuffix("/") ? "" : "/"
    #expect(experiment.artifactLocation == location + separator + experiment.id)
    let run = try BackEndContract.run(backEnd, experiment, "r")
    try backEnd.upload(Artifact("a/b.txt", text: "x"), to: run)
    let file = folder.path("\(path)/\(experiment.id)/\(run.id)/artifacts/a/b.txt")
    #expect(try String(contentsOfFile: file, encoding: .utf8) == "x")
    let names = try FileManager.default.contentsOfDirectory(
      atPath: URL(fileURLWithPath: file).deletingLastPathComponent().path)
    #expect(names == ["b.txt"])
  }

  @Test(arguments: ["s3://bucket/x", "mlflow-artifacts://host/x", "file://host/x", "../x"])
  func locationsElsewhere(location: String) throws {
    #expect(throws: TrackingError.self) { try open(location) }
    #expect(!FileManager.default.fileExists(atPath: folder.path("mlflow.db")))
  }

  @Test func otherReadersDoNotDisturbTheEnd() throws {
    let backEnd = try open()
    _ = try backEnd.experiment(named: "x", tags: [:])
    let reader = try DatabaseQueue(path: folder.path("mlflow.db"))
    try reader.inDatabase { database in
      try database.execute(sql: "BEGIN; SELECT count(*) FROM experiments")
      try backEnd.close()
      try database.execute(sql: "COMMIT")
    }
  }

  @Test(.enabled(if: PythonTool.isThere), .tags(.python))
  func mlflowReadsIt() throws {
    let backEnd = try open()
    try MLflowReading.write(backEnd, registering: true)
    try backEnd.close()
    // A copy: MLflow brings it up to its own version.
    let copy = folder.path("copy.db")
    try FileManager.default.copyItem(atPath: folder.path("mlflow.db"), toPath: copy)
    #expect(try read(copy).contains("read"))
    // Into what MLflow has upgraded, then read again, with all that the contract writes.
    let upgraded = try TrackingURI.sqlite(path: copy).opened("copy", busySeconds: 5)
    try BackEndContract.experimentIsFound(upgraded)
    try BackEndContract.runsAreFoundByTags(upgraded)
    try BackEndContract.loggingIsIdempotent(upgraded)
    try BackEndContract.metricsAreLogged(upgraded)
    try BackEndContract.datasetsAreLogged(upgraded)
    try BackEndContract.modelsAreLogged(upgraded)
    try BackEndContract.modelsAreRegistered(upgraded)
    try upgraded.close()
    #expect(try read(copy).contains("read"))
    let said = try PythonTool.run(
      """
      import sys, mlflow
      mlflow.set_tracking_uri("sqlite:///" + sys.argv[1])
      runs = mlflow.search_runs(search_all_experiments=True)
      versions = mlflow.MlflowClient().search_model_versions("name LIKE 'iris %'")
      print(len(runs), sorted(int(v.version) for v in versions))
      """, [copy], in: folder.url)
    #expect(said.contains("9 [1, 2]"))
  }

  private func read(_ path: String) throws -> String {
    try PythonTool.run(
      MLflowReading.script, ["sqlite:///" + path, "registered"], in: folder.url)
  }

  private func count(_ table: String) throws -> Int {
    let queue = try DatabaseQueue(path: folder.path("mlflow.db"))
    return try queue.read { try Int.fetchOne($0, sql: "SELECT count(*) FROM \(table)") } ?? -1
  }

  private func execute(_ sql: String) throws {
    let queue = try DatabaseQueue(path: folder.path("mlflow.db"))
    try queue.write { try $0.execute(sql: sql) }
  }
}
